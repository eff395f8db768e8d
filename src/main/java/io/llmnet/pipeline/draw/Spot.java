package io.llmnet.pipeline.draw;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where something stands in a column: a box, or the place where a long line passes by. */
final class Spot {
    /** Null where only a line passes. */
    final @Nullable Face face;

    final int column;
    final double height;
    final List<Spot> left = new ArrayList<>();
    final List<Spot> right = new ArrayList<>();
    double x;
    double width;

    /** Of its middle. */
    double y;

    Spot(@Nullable Face face, int column, double height) {
        this.face = face;
        this.column = column;
        this.height = height;
    }

    double top() {
        return y - height / 2;
    }

    double end() {
        return x + width;
    }
}
