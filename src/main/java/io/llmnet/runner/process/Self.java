package io.llmnet.runner.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program is started once more. */
public final class Self {
    /** The first Java that warns of native code unless it is allowed. */
    private static final int RESTRICTING = 24;

    private Self() {}

    /** The command to which arguments are added: the same Java and the same jar, or the same native program. */
    public static List<String> command() {
        String program = ProcessHandle.current()
                .info()
                .command()
                .orElseGet(() ->
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
            return List.of(program);
        }
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        if (Runtime.version().feature() >= RESTRICTING) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(target(System.getProperty("java.class.path")));
        return command;
    }

    private static List<String> target(String classPath) {
        boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        return isJar ? List.of("-jar", classPath) : List.of("-cp", classPath, mainClass());
    }

    private static String mainClass() {
        return System.getProperty("sun.java.command", "").split(" ", 2)[0];
    }
}
