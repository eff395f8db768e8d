package io.llmnet.routing.sim;

import static io.llmnet.routing.sim.Table.cells;
import static io.llmnet.routing.sim.Table.quantile;
import static io.llmnet.routing.sim.Table.share;
import static io.llmnet.routing.sim.Table.warm;

import io.llmnet.routing.Rules;
import io.llmnet.routing.Rules.Strategy;
import io.llmnet.routing.sim.Simulation.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What is simulated. Running this writes the tables anew, into the folder that is its argument. */
final class Scenarios {
    static final Map<String, Supplier<String>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("balance", Scenarios::balance);
        ALL.put("unequal", Scenarios::unequal);
        ALL.put("herd", Scenarios::herd);
        ALL.put("recovery", Scenarios::recovery);
        ALL.put("sticky", Scenarios::sticky);
    }

    private Scenarios() {}

    private static Rules rules(Strategy strategy, boolean sticky) {
        return new Rules(strategy, Rules.Weights.USUAL, Map.of(), Map.of(), List.of(), sticky, Rules.Quality.USUAL);
    }

    private static String word(Strategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT);
    }

    /** Four alike, each with four slots of a second: 16 requests a second at most, of which 11 come. */
    private static String balance() {
        return shares(List.of(
                new Server("a", 4, 200, 1000),
                new Server("b", 4, 200, 1000),
                new Server("c", 4, 200, 1000),
                new Server("d", 4, 200, 1000)));
    }

    /** One that is four times as fast as the slowest, and has more slots: 18 a second at most, of which 11 come. */
    private static String unequal() {
        return shares(List.of(
                new Server("a", 8, 100, 600),
                new Server("b", 4, 200, 1200),
                new Server("c", 2, 300, 2000),
                new Server("d", 1, 800, 3000)));
    }

    private static String shares(List<Server> servers) {
        Table table = new Table("strategy", "a", "b", "c", "d", "wait p50 ms", "wait p95", "took p50", "took p95");
        for (Strategy strategy : Strategy.values()) {
            List<Done> done = new Simulation(rules(strategy, false), fresh(servers))
                    .arrivals(11, 600_000, 0)
                    .run();
            List<String> cells = cells(word(strategy));
            servers.forEach(server -> cells.add(share(done, one -> one.server().equals(server.name()))));
            cells.add(quantile(done, Done::waitedMillis, 0.5));
            cells.add(quantile(done, Done::waitedMillis, 0.95));
            cells.add(quantile(done, Done::tookMillis, 0.5));
            cells.add(quantile(done, Done::tookMillis, 0.95));
            table.row(cells);
        }
        return table.toString();
    }

    private static List<Server> fresh(List<Server> servers) {
        return servers.stream()
                .map(one -> new Server(one.name(), one.slots(), one.firstMillis(), one.wholeMillis()))
                .toList();
    }

    /** 200 requests at one instant for ten backends: nobody known yet, then after a minute of usual traffic. */
    private static String herd() {
        Table table = new Table("strategy", "known", "least", "most", "wait p50 ms", "wait p95");
        for (Strategy strategy : Strategy.values()) {
            for (boolean isKnown : new boolean[] {false, true}) {
                Simulation simulation = new Simulation(rules(strategy, false), ten());
                double at = isKnown ? 120_000 : 0;
                if (isKnown) {
                    simulation.arrivals(10, 60_000, 0);
                }
                List<Done> done = simulation.burst(200, at).run().stream()
                        .filter(one -> one.cameMillis() == at)
                        .toList();
                long[] each = ten().stream()
                        .mapToLong(server -> done.stream()
                                .filter(one -> one.server().equals(server.name()))
                                .count())
                        .sorted()
                        .toArray();
                table.row(cells(
                        word(strategy),
                        isKnown ? "yes" : "no",
                        Long.toString(each[0]),
                        Long.toString(each[9]),
                        quantile(done, Done::waitedMillis, 0.5),
                        quantile(done, Done::waitedMillis, 0.95)));
            }
        }
        return table.toString();
    }

    private static List<Server> ten() {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            servers.add(new Server("n" + i, 4, 200, 1000));
        }
        return servers;
    }

    /** The first of three refuses from the second minute to the fourth: its share, and what is lost or late. */
    private static String recovery() {
        Table table = new Table(
                "strategy",
                "before",
                "while down",
                "next 30 s",
                "after",
                "refusals",
                "most at once",
                "lost",
                "took p95");
        for (Strategy strategy : Strategy.values()) {
            Simulation simulation = new Simulation(
                    rules(strategy, false),
                    List.of(
                            new Server("a", 8, 200, 1000).down(60_000, 180_000),
                            new Server("b", 8, 200, 1000),
                            new Server("c", 8, 200, 1000)));
            List<Done> done =
                    simulation.arrivals(10, 600_000, 0).probes(600_000).run();
            table.row(cells(
                    word(strategy),
                    shareOfA(done, 0, 60_000),
                    shareOfA(done, 60_000, 180_000),
                    shareOfA(done, 180_000, 210_000),
                    shareOfA(done, 210_000, 600_000),
                    Integer.toString(done.stream().mapToInt(Done::refusals).sum()),
                    Integer.toString(simulation.most("a")),
                    Long.toString(done.stream()
                            .filter(one -> one.server().equals("nobody"))
                            .count()),
                    quantile(done, Done::tookMillis, 0.95)));
        }
        return table.toString();
    }

    private static String shareOfA(List<Done> done, double from, double until) {
        List<Done> then = done.stream()
                .filter(one -> one.cameMillis() >= from && one.cameMillis() < until)
                .toList();
        return share(then, one -> one.server().equals("a"));
    }

    /** Fifty conversations on four backends: how much of each stays together, and what that costs. */
    private static String sticky() {
        Table table = new Table("strategy", "sticky", "together", "least", "most", "wait p95 ms");
        List<Server> servers = List.of(
                new Server("a", 4, 200, 1000),
                new Server("b", 4, 200, 1000),
                new Server("c", 4, 200, 1000),
                new Server("d", 4, 200, 1000));
        for (Strategy strategy : Strategy.values()) {
            for (boolean sticky : new boolean[] {false, true}) {
                List<Done> done = new Simulation(rules(strategy, sticky), fresh(servers))
                        .arrivals(9, 600_000, 50)
                        .run();
                List<Double> shares = servers.stream()
                        .map(server -> 100.0
                                * done.stream()
                                        .filter(one -> one.server().equals(server.name()))
                                        .count()
                                / done.size())
                        .sorted()
                        .toList();
                table.row(cells(
                        word(strategy),
                        sticky ? "yes" : "no",
                        warm(done),
                        String.format(Locale.ROOT, "%.1f%%", shares.get(0)),
                        String.format(Locale.ROOT, "%.1f%%", shares.get(3)),
                        quantile(done, Done::waitedMillis, 0.95)));
            }
        }
        return table.toString();
    }

    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, Supplier<String>> one : ALL.entrySet()) {
            Files.writeString(
                    Path.of(args[0], one.getKey() + ".txt"), one.getValue().get());
        }
    }
}
