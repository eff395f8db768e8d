package io.llmnet.pipeline.draw;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says in which column each box stands: one after the last that leads to it. A line that closes a round leads back, and does
 * not count. Outputs stand in the last column.
 */
final class Ranks {
    private final Picture picture;
    private final Map<String, Integer> ranks = new LinkedHashMap<>();
    private final Set<Picture.Line> back = new LinkedHashSet<>();

    private Ranks(Picture picture) {
        this.picture = picture;
    }

    static Ranks of(Picture picture) {
        Ranks ranks = new Ranks(picture);
        ranks.findBack();
        ranks.push();
        ranks.outputsLast();
        return ranks;
    }

    int of(String box) {
        return ranks.getOrDefault(box, 0);
    }

    boolean isBack(Picture.Line line) {
        return back.contains(line);
    }

    int count() {
        return ranks.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    }

    private record Step(String box, Deque<Picture.Line> left) {}

    /** Depth first, without recursion, for a chain may be long; a line to a box that is open leads back. */
    private void findBack() {
        Set<String> done = new HashSet<>();
        Set<String> open = new HashSet<>();
        Deque<String> starts = new ArrayDeque<>(picture.boxes().keySet());
        starts.addFirst(picture.entry());
        for (String start : starts) {
            Deque<Step> path = new ArrayDeque<>();
            enter(start, path, open, done);
            while (!path.isEmpty()) {
                Step step = path.peek();
                Picture.Line line = step.left().poll();
                if (line == null) {
                    open.remove(path.pop().box());
                } else if (open.contains(line.to())) {
                    back.add(line);
                } else {
                    enter(line.to(), path, open, done);
                }
            }
        }
    }

    private void enter(String box, Deque<Step> path, Set<String> open, Set<String> done) {
        if (done.add(box)) {
            open.add(box);
            path.push(new Step(box, new ArrayDeque<>(picture.from(box))));
        }
    }

    /** In the order in which all that lead to a box come before it. */
    private void push() {
        Map<String, Integer> coming = new HashMap<>();
        List<Picture.Line> forward =
                picture.lines().stream().filter(line -> !back.contains(line)).toList();
        forward.forEach(line -> coming.merge(line.to(), 1, Integer::sum));
        Deque<String> free = new ArrayDeque<>();
        for (String box : picture.boxes().keySet()) {
            ranks.put(box, 0);
            if (!coming.containsKey(box)) {
                free.add(box);
            }
        }
        while (!free.isEmpty()) {
            String box = free.remove();
            for (Picture.Line line : picture.from(box)) {
                if (!back.contains(line)) {
                    ranks.merge(line.to(), of(box) + 1, Integer::max);
                    if (coming.merge(line.to(), -1, Integer::sum) == 0) {
                        free.add(line.to());
                    }
                }
            }
        }
    }

    private void outputsLast() {
        Predicate<Picture.Box> ends = box -> box.kind() == Picture.Kind.OUTPUT;
        int last = picture.boxes().values().stream()
                .filter(ends.negate())
                .mapToInt(box -> of(box.name()))
                .max()
                .orElse(-1);
        picture.boxes().values().stream().filter(ends).forEach(box -> ranks.put(box.name(), last + 1));
    }
}
