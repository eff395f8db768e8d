package io.llmnet.function;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running program, listened to by one thread. */
final class ProgramRun {
    private static final long PULSE_MILLIS = 10;

    private final Process process;

    ProgramRun(Process process) {
        this.process = process;
    }

    /**
     * All that it writes until it ends, or until the call is over: then it and all that it has started are killed.
     *
     * <p>It only takes what is there, and never waits inside a read: a program that has left a child behind with its output
     * open would keep the thread for as long as the child lives.
     *
     * @throws FunctionException when that is too much
     */
    byte[] output(Pending pending) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            boolean hasEnded = false;
            while (!hasEnded && !pending.isOver()) {
                hasEnded = process.waitFor(PULSE_MILLIS, TimeUnit.MILLISECONDS);
                take(output);
            }
            return output.toByteArray();
        } finally {
            kill();
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    private void take(ByteArrayOutputStream output) throws IOException {
        InputStream written = process.getInputStream();
        int there = written.available();
        while (there > 0) {
            if (output.size() + there > Output.MOST_BYTES) {
                throw new FunctionException(Output.TOO_LONG);
            }
            output.writeBytes(written.readNBytes(there));
            there = written.available();
        }
    }

    private void kill() {
        // Its children are only to be found while it lives.
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
