package io.healthchecker.operator.source.kubernetes;

/** What the API server says when it is asked for one thing. */
enum Existence {
    EXISTS,
    /** It said so; a thing of the same name but another uid counts as this. */
    GONE,
    /** It did not answer, or we may not ask. */
    UNKNOWN
}
