package io.llmnet.pipeline.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the spots of each column into an order in which few lines cross: each goes to the mean place of its neighbours, column
 * after column, to and fro (Sugiyama's barycentre method).
 */
final class Order {
    private static final int SWEEPS = 8;

    private Order() {}

    /** The columns in the best order found. */
    static List<List<Spot>> of(List<List<Spot>> columns) {
        List<List<Spot>> best = columns;
        List<List<Spot>> now = columns;
        long least = crossings(columns);
        for (int sweep = 0; sweep < SWEEPS && least > 0; sweep++) {
            now = swept(now, sweep % 2 == 0);
            long crossings = crossings(now);
            if (crossings < least) {
                least = crossings;
                best = now;
            }
        }
        return best;
    }

    private static List<List<Spot>> swept(List<List<Spot>> columns, boolean rightwards) {
        List<List<Spot>> next = new ArrayList<>(columns);
        for (int step = 1; step < columns.size(); step++) {
            int column = rightwards ? step : columns.size() - 1 - step;
            Map<Spot, Integer> places = places(next.get(rightwards ? column - 1 : column + 1));
            List<Spot> spots = next.get(column);
            Map<Spot, Integer> own = places(spots);
            next.set(
                    column,
                    spots.stream()
                            .sorted(Comparator.comparingDouble(spot -> (rightwards ? spot.left : spot.right)
                                    .stream()
                                            .mapToInt(neighbour -> places.getOrDefault(neighbour, 0))
                                            .average()
                                            .orElse(own.getOrDefault(spot, 0))))
                            .toList());
        }
        return next;
    }

    private static Map<Spot, Integer> places(List<Spot> spots) {
        Map<Spot, Integer> places = new HashMap<>();
        spots.forEach(spot -> places.put(spot, places.size()));
        return places;
    }

    private static long crossings(List<List<Spot>> columns) {
        long crossings = 0;
        for (int column = 1; column < columns.size(); column++) {
            Map<Spot, Integer> places = places(columns.get(column - 1));
            List<Integer> seen = new ArrayList<>();
            for (Spot spot : columns.get(column)) {
                List<Integer> starts = spot.left.stream()
                        .map(start -> places.getOrDefault(start, 0))
                        .toList();
                for (int start : starts) {
                    crossings += seen.stream().filter(other -> other > start).count();
                }
                seen.addAll(starts);
            }
        }
        return crossings;
    }
}
