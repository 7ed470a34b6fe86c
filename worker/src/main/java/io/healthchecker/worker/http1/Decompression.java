package io.healthchecker.worker.http1;

/** Takes what a body is compressed to, as it comes, and gives out what it is until that is enough. */
interface Decompression {
    void feed(byte[] bytes, int start, int end) throws MalformedAnswer;

    /** Says that no more comes; what is left is given out now. */
    void end() throws MalformedAnswer;

    /** Whether it came to its end by its own account. */
    boolean finished();

    /** Gives back what lies outside the heap. */
    void close();
}
