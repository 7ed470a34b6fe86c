package io.healthchecker.worker.probe;

/** One kind of probe, made ready for one definition. */
public interface Prober {
    /** Begins to probe, on the lane's thread; sooner or later the attempt has its observation. */
    void probe(Attempt attempt);
}
