package io.llmnet.quickstart;

import java.util.Locale;

/**
 * What native code must be made for.
 *
 * @param system {@code linux}, {@code osx} or {@code win}, as jars name it
 * @param processor {@code x86_64} or {@code aarch64}
 */
record Platform(String system, String processor) {
    static Platform ofThisMachine() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String os, String arch) {
        String name = os.toLowerCase(Locale.ROOT);
        String system = name.startsWith("win") ? "win" : name.startsWith("mac") ? "osx" : "linux";
        return new Platform(system, arch.equals("amd64") ? "x86_64" : arch);
    }

    /** Whether a folder of native code in a jar is for it; ONNX Runtime says {@code x64}. */
    boolean isFor(String folder) {
        return folder.equals(system + "-" + processor)
                || (processor.equals("x86_64") && folder.equals(system + "-x64"));
    }

    @Override
    public String toString() {
        return system + "-" + processor;
    }
}
