package io.llmnet.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time that processes have used, all threads, in user and kernel; in steps of 10 ms. */
record ProcessTime(String... pids) {
    private static final double TICK_MICROS = 10_000;

    double micros() {
        double sum = 0;
        for (String pid : pids) {
            sum += micros(pid);
        }
        return sum;
    }

    private static double micros(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
        } catch (IOException gone) {
            throw new UncheckedIOException("process " + pid + " is gone", gone);
        }
    }
}
