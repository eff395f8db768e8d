package io.llmnet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map of rooms, enforced. */
class RoomsTest {
    /** Each room and the rooms it may use; app, which wires them, may use all. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            // words
            entry("chat", Set.of("fault")), // a stream may break, and says how
            entry("fault", Set.of()),
            entry("config", Set.of()),
            // facts
            entry("backend", Set.of("chat", "fault")),
            entry("registry", Set.of("chat", "fault", "backend")),
            // thought
            entry("routing", Set.of("chat", "fault", "backend", "registry")),
            entry("ensemble", Set.of("chat", "fault")),
            entry("council", Set.of("config", "ensemble")), // two kinds of files say it
            entry(
                    "pipeline",
                    Set.of("chat", "fault", "config", "backend", "ensemble", "council")), // how patient, how to vote
            // wires
            entry("secret", Set.of("fault", "config", "pipeline")), // what a pipeline file declares, it fetches
            entry(
                    "settings",
                    Set.of(
                            "fault",
                            "config",
                            "backend",
                            "registry",
                            "routing",
                            "dispatch",
                            "ensemble",
                            "council")), // what they can be told
            entry("store", Set.of("fault", "config")),
            entry("protocol", Set.of("chat", "fault", "backend")),
            entry("dispatch", Set.of("chat", "fault", "backend", "registry", "routing")),
            entry(
                    "embedding",
                    Set.of("chat", "fault", "backend", "routing", "protocol", "dispatch")), // a model server may embed
            entry("function", Set.of("chat", "fault", "pipeline", "protocol")), // what functions bring is read as JSON
            entry(
                    "gateway",
                    Set.of("chat", "fault", "backend", "registry", "routing", "protocol", "dispatch", "settings")),
            entry("cache", Set.of("chat", "fault", "protocol", "embedding", "settings")),
            entry(
                    "pool",
                    Set.of(
                            "chat",
                            "fault",
                            "registry", // breakers
                            "dispatch", // timers
                            "ensemble",
                            "cache",
                            "protocol",
                            "settings")),
            // doors
            entry(
                    "camel",
                    Set.of(
                            "gateway",
                            "chat",
                            "fault",
                            "backend",
                            "registry",
                            "routing",
                            "ensemble",
                            "pipeline",
                            "protocol", // a node's request is the caller's, edited: the codecs do that
                            "dispatch",
                            "embedding",
                            "function",
                            "settings")),
            entry(
                    "http",
                    Set.of(
                            "chat",
                            "fault",
                            "backend",
                            "registry",
                            "routing",
                            "ensemble", // strategies that tasks name
                            "protocol",
                            "gateway",
                            "cache",
                            "pool",
                            "settings")),
            entry(
                    "telemetry",
                    Set.of(
                            "chat",
                            "fault",
                            "backend",
                            "routing",
                            "pipeline",
                            "protocol",
                            "camel", // what it shows is told there
                            "registry",
                            "gateway",
                            "ensemble",
                            "pool",
                            "cache",
                            "settings")),
            entry("grpc", Set.of("chat", "fault", "ensemble", "pool", "settings")),
            entry("discovery", Set.of("chat", "fault", "config", "backend", "registry", "protocol", "settings")),
            entry("node", Set.of("chat", "fault", "config", "protocol", "settings")),
            entry("cluster", Set.of("fault", "config", "backend", "registry", "pipeline", "settings", "store")),
            entry("ui", Set.of("fault", "settings")),
            entry(
                    "runner",
                    Set.of("chat", "fault", "backend", "pipeline")), // a wire on which only ready models are asked
            entry("quickstart", Set.of("runner")), // its node is a program like any other
            entry("folder", Set.of("config", "pipeline")),
            entry(
                    "cli",
                    Set.of(
                            "fault",
                            "config",
                            "backend",
                            "ensemble", // a file's ensembles are shown
                            "pipeline",
                            "secret",
                            "folder",
                            "settings",
                            "cluster",
                            "node",
                            "quickstart"))));

    /** Each framework and the rooms that may know it, beside app. */
    private static final Map<String, Set<String>> FRAMEWORKS = Map.of(
            "org.apache.camel..", Set.of("camel"),
            "io.vertx..",
                    Set.of(
                            "protocol",
                            "camel",
                            "function",
                            "http",
                            "telemetry",
                            "discovery",
                            "node",
                            "ui",
                            "grpc",
                            "cache"),
            "io.quarkus..", Set.of("http", "grpc", "node", "ui"),
            "javax.jmdns..", Set.of("discovery"),
            "io.vertx.grpc..", Set.of("function", "grpc"),
            "com.google.protobuf..", Set.of("function", "grpc"),
            "io.opentelemetry..", Set.of("telemetry"),
            "picocli..", Set.of("cli"),
            "com.google.re2j..", Set.of("pipeline"),
            "org.tomlj..", Set.of("config"));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.llmnet");

    static Set<String> rooms() {
        return ARROWS.keySet();
    }

    static Set<String> frameworks() {
        return FRAMEWORKS.keySet();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void usesOnlyTheRoomsItMay(String room) {
        Set<String> forbidden = new HashSet<>(ARROWS.keySet());
        forbidden.add("app");
        forbidden.removeAll(ARROWS.get(room));
        forbidden.remove(room);
        noClasses()
                .that(resideInAPackage(in(room)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(in(forbidden)))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("frameworks")
    void frameworksStayInTheirRooms(String framework) {
        Set<String> homes = new HashSet<>(FRAMEWORKS.get(framework));
        homes.add("app");
        classes()
                .that(not(resideInAnyPackage(in(homes))))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(framework)))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void everyRoomIsOnTheMap() {
        Set<String> found = MAIN.stream()
                .map(type -> type.getPackageName().split("\\.", -1))
                .filter(parts -> parts.length > 2)
                .map(parts -> parts[2])
                .collect(Collectors.toSet());
        found.remove("app");

        assertThat(ARROWS.keySet()).containsAll(found);
    }

    @Test
    void arrowsRunOneWay() {
        Set<String> settled = new HashSet<>();
        boolean more = true;
        while (more) {
            more = settled.addAll(ARROWS.keySet().stream()
                    .filter(room -> settled.containsAll(ARROWS.get(room)))
                    .toList());
        }

        assertThat(settled).isEqualTo(ARROWS.keySet());
    }

    private static String in(String room) {
        return "io.llmnet." + room + "..";
    }

    private static String[] in(Collection<String> rooms) {
        return rooms.stream().map(RoomsTest::in).toArray(String[]::new);
    }
}
