package io.llmnet.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.llmnet.discovery.Loop;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two machines, made of network namespaces: avahi on one, we on the other. Needs root and avahi; where those are missing it is
 * skipped, and says so.
 */
class AvahiTest {
    private static final String BUS = """
            <busconfig><type>system</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/>
            <allow send_type="signal"/><allow send_type="method_return"/><allow send_type="error"/>
            <allow receive_type="method_call"/><allow receive_type="signal"/><allow receive_type="method_return"/>
            <allow receive_type="error"/></policy></busconfig>
            """;
    private static final String AVAHI = """
            [server]
            host-name=avahi-box
            use-ipv6=no
            allow-interfaces=%s
            [wide-area]
            enable-wide-area=no
            """;

    private final String id = Long.toString(ProcessHandle.current().pid(), 36);
    private final String there = "lnt" + id;
    private final String here = "lnh" + id;
    private final String thereWire = "vt" + id;
    private final String hereWire = "vh" + id;
    private final Deque<Process> processes = new ArrayDeque<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeTwoMachines() throws Exception {
        for (String tool : List.of("ip", "dbus-daemon", "avahi-daemon", "avahi-publish", "avahi-browse")) {
            assumeTrue(run("sh", "-c", "command -v " + tool) == 0, tool + " is not installed");
        }
        assumeTrue(run("ip", "netns", "add", there) == 0, "network namespaces are not permitted here");
        assumeTrue(run("ip", "netns", "add", here) == 0, "network namespaces are not permitted here");
        assumeTrue(
                run(
                                "ip", "link", "add", thereWire, "netns", there, "type", "veth", "peer", "name",
                                hereWire, "netns", here)
                        == 0,
                "pairs of network interfaces are not permitted here");
        up(there, thereWire, "10.97.31.1/24");
        up(here, hereWire, "10.97.31.2/24");
        Files.writeString(folder.resolve("bus.conf"), BUS.formatted(folder.resolve("bus")));
        Files.writeString(folder.resolve("avahi.conf"), AVAHI.formatted(thereWire));
        start("dbus", "dbus-daemon", "--config-file=" + folder.resolve("bus.conf"), "--nofork", "--nopidfile");
        Loop.until("the bus is there", () -> Files.exists(folder.resolve("bus")));
        start(
                "avahi",
                inside(
                        there,
                        "avahi-daemon",
                        "-f",
                        folder.resolve("avahi.conf").toString(),
                        "--no-drop-root",
                        "--no-chroot",
                        "--no-rlimits"));
        Loop.until("avahi is there", () -> said("avahi").contains("Server startup complete"));
    }

    @AfterEach
    void unmakeThem() throws Exception {
        while (!processes.isEmpty()) {
            Process process = processes.pop();
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
        run("ip", "netns", "del", there);
        run("ip", "netns", "del", here);
    }

    @Test
    void bothFindEachOtherAndForgetWhoGoes() throws Exception {
        Process announcement = start(
                "publish",
                inside(
                        there,
                        "avahi-publish",
                        "-s",
                        "Living Room",
                        "_ollama._tcp",
                        "11434",
                        "type=ollama",
                        "version=0.12"));
        start(
                "we",
                inside(
                        here,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        classPath(),
                        Announcing.class.getName()));

        Loop.until(
                "we find the other", () -> said("we").contains("known: Living-Room=ollama=http://10.97.31.1:11434."));
        for (String type : List.of("_llmnet._tcp", "_openai._tcp")) {
            Loop.until(type + " is found by the other", () -> browsed(type).contains(";10.97.31.2;8080;"));
            assertThat(browsed(type))
                    .contains("\"type=gateway\"")
                    .contains("\"api_path=/v1\"")
                    .contains("\"version=9.9\"")
                    .contains("\"instance=me-in-the-test\"");
        }
        announcement.destroy();
        Loop.until("it is forgotten", () -> said("we").endsWith("known:.\n"));
        assertThat(said("we")).doesNotContain("=http://10.97.31.2");
    }

    private void up(String machine, String wire, String address) throws Exception {
        run("ip", "-n", machine, "addr", "add", address, "dev", wire);
        run("ip", "-n", machine, "link", "set", wire, "up");
        run("ip", "-n", machine, "link", "set", "lo", "up");
    }

    /** Of whoever runs the tests. */
    private static String classPath() {
        return Announcing.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(":"))
                : System.getProperty("java.class.path");
    }

    private static String[] inside(String machine, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", machine));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    private String browsed(String type) {
        try {
            run(inside(there, "timeout", "5", "avahi-browse", "-tpr", type));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return said("run");
    }

    private int run(String... command) throws Exception {
        Process process = process("run", command);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    private Process start(String name, String... command) throws IOException {
        Process process = process(name, command);
        processes.push(process);
        return process;
    }

    private Process process(String name, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".txt").toFile());
        builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + folder.resolve("bus"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    private String said(String name) {
        try {
            return Files.readString(folder.resolve(name + ".txt"));
        } catch (IOException e) {
            return "";
        }
    }
}
