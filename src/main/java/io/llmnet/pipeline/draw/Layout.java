package io.llmnet.pipeline.draw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where everything stands: columns from left to right, boxes near those that they are joined to, long lines past the boxes.
 *
 * @param ways the lines that lead on, and by which spots
 * @param back the lines that close a round
 */
record Layout(Map<String, Spot> boxes, List<Way> ways, List<Picture.Line> back, double width, double height) {
    static final double LABEL_LETTER = 6.7;
    private static final double MARGIN = 28;
    private static final double ENTRANCE = 34;
    private static final double GAP = 26;
    private static final double PASSAGE = 14;
    private static final double LEAST_BETWEEN = 84;
    private static final double AROUND_LABEL = 76;
    private static final int SWEEPS = 6;

    /** A line, and the spots from its beginning to its end. */
    record Way(Picture.Line line, List<Spot> spots) {}

    static Layout of(Picture picture) {
        Ranks ranks = Ranks.of(picture);
        List<List<Spot>> columns = new ArrayList<>();
        for (int column = 0; column < ranks.count(); column++) {
            columns.add(new ArrayList<>());
        }
        Map<String, Spot> boxes = new LinkedHashMap<>();
        for (Picture.Box box : picture.boxes().values()) {
            Face face = Face.of(box);
            Spot spot = new Spot(face, ranks.of(box.name()), face.height());
            boxes.put(box.name(), spot);
            columns.get(spot.column).add(spot);
        }
        List<Way> ways = new ArrayList<>();
        List<Picture.Line> back = new ArrayList<>();
        for (Picture.Line line : picture.lines()) {
            Spot from = boxes.get(line.from());
            Spot to = boxes.get(line.to());
            if (from == null || to == null || ranks.isBack(line) || from.column >= to.column) {
                back.add(line);
            } else {
                ways.add(way(line, from, to, columns));
            }
        }
        List<List<Spot>> ordered = Order.of(columns);
        place(ordered);
        double width = spread(ordered, ways);
        double bottom = boxes.values().stream()
                .mapToDouble(spot -> spot.y + spot.height / 2)
                .max()
                .orElse(0);
        return new Layout(boxes, ways, back, width, bottom + MARGIN + (back.isEmpty() ? 0 : 44 + 16 * back.size()));
    }

    private static Way way(Picture.Line line, Spot from, Spot to, List<List<Spot>> columns) {
        List<Spot> spots = new ArrayList<>(List.of(from));
        for (int column = from.column + 1; column < to.column; column++) {
            Spot passing = new Spot(null, column, PASSAGE);
            columns.get(column).add(passing);
            spots.add(passing);
        }
        spots.add(to);
        for (int at = 1; at < spots.size(); at++) {
            spots.get(at).left.add(spots.get(at - 1));
            spots.get(at - 1).right.add(spots.get(at));
        }
        return new Way(line, spots);
    }

    /** From left to right: each column as wide as its widest box, and room for labels between two. */
    private static double spread(List<List<Spot>> columns, List<Way> ways) {
        double x = MARGIN + ENTRANCE;
        double end = x;
        for (int at = 0; at < columns.size(); at++) {
            double widest = columns.get(at).stream()
                    .mapToDouble(spot -> spot.face == null ? 0 : spot.face.width())
                    .max()
                    .orElse(0);
            for (Spot spot : columns.get(at)) {
                spot.x = x;
                spot.width = widest;
            }
            end = x + widest;
            x = end + between(at + 1, ways);
        }
        return end + MARGIN;
    }

    private static double between(int next, List<Way> ways) {
        double label = ways.stream()
                .filter(way -> way.spots().get(way.spots().size() - 1).column == next)
                .mapToDouble(way -> Face.cells(way.line().label()) * LABEL_LETTER)
                .max()
                .orElse(0);
        return Math.max(LEAST_BETWEEN, label == 0 ? 0 : label + AROUND_LABEL);
    }

    /** From top to bottom: near the neighbours of one side, then of the other, and of both in the end. */
    private static void place(List<List<Spot>> columns) {
        for (List<Spot> column : columns) {
            settle(column, spot -> 0.0);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (List<Spot> column : columns) {
                settle(column, spot -> mean(spot.left, spot.y));
            }
            for (int at = columns.size() - 1; at >= 0; at--) {
                settle(columns.get(at), spot -> mean(spot.right, spot.y));
            }
        }
        for (List<Spot> column : columns) {
            settle(
                    column,
                    spot -> mean(
                            Stream.concat(spot.left.stream(), spot.right.stream())
                                    .toList(),
                            spot.y));
        }
        double top = columns.stream()
                .flatMap(List::stream)
                .mapToDouble(Spot::top)
                .min()
                .orElse(0);
        columns.forEach(column -> column.forEach(spot -> spot.y += MARGIN - top));
    }

    private static double mean(List<Spot> neighbours, double otherwise) {
        return neighbours.stream().mapToDouble(spot -> spot.y).average().orElse(otherwise);
    }

    /**
     * Puts the spots of a column as near as can be to where they want to be, in their order and without touching: least
     * squares under an order, by pooling neighbours that are too near (pool adjacent violators).
     */
    private static void settle(List<Spot> column, Function<Spot, Double> wish) {
        List<double[]> pools = new ArrayList<>();
        double[] offsets = new double[column.size()];
        for (int at = 0; at < column.size(); at++) {
            Spot spot = column.get(at);
            if (at > 0) {
                offsets[at] = offsets[at - 1] + (column.get(at - 1).height + spot.height) / 2 + GAP;
            }
            pools.add(new double[] {wish.apply(spot) - offsets[at], 1});
            while (pools.size() > 1 && last(pools, 2)[0] > last(pools, 1)[0]) {
                double[] lower = pools.remove(pools.size() - 1);
                double[] upper = last(pools, 1);
                upper[0] = (upper[0] * upper[1] + lower[0] * lower[1]) / (upper[1] + lower[1]);
                upper[1] += lower[1];
            }
        }
        int at = 0;
        for (double[] pool : pools) {
            for (int count = 0; count < pool[1]; count++) {
                column.get(at).y = pool[0] + offsets[at];
                at++;
            }
        }
    }

    private static double[] last(List<double[]> pools, int fromEnd) {
        return pools.get(pools.size() - fromEnd);
    }
}
