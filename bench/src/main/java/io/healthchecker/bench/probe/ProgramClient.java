package io.healthchecker.bench.probe;

import io.healthchecker.bench.process.CpuTime;
import io.healthchecker.bench.process.Program;

/** A program that reads lines with the wanted pace, and answers each with what it did so far. */
record ProgramClient(Program program) implements Client {
    @Override
    public Counts pace(int perSecond) {
        return Counts.read(program.ask(Integer.toString(perSecond)));
    }

    @Override
    public long cpuNanos() {
        return CpuTime.nanos(program.pid());
    }

    @Override
    public void close() {
        program.close();
    }
}
