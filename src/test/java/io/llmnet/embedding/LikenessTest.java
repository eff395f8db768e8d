package io.llmnet.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LikenessTest {
    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 3};
    private static final float[] WEST = {-2, 0};

    @Test
    void directionCountsAndLengthDoesNot() {
        assertThat(Likeness.cosine(EAST, new float[] {5, 0})).isCloseTo(1, within(1e-9));
        assertThat(Likeness.cosine(EAST, NORTH)).isZero();
        assertThat(Likeness.cosine(EAST, WEST)).isCloseTo(-1, within(1e-9));
    }

    @Test
    void oneNearVectorIsEnough() {
        int nearest = Likeness.nearest(new float[] {1, 2}, List.of(List.of(EAST, WEST), List.of(WEST, NORTH)));

        assertThat(nearest).isEqualTo(1);
    }

    @Test
    void ofSeveralAsNearTheFirstIsTaken() {
        assertThat(Likeness.nearest(EAST, List.of(List.of(NORTH), List.of(EAST), List.of(EAST))))
                .isEqualTo(1);
    }

    @Test
    void whatHasNoDirectionOrIsOfAnotherModelIsLikeNothing() {
        float[] nothing = {0, 0};
        float[] other = {1, 0, 0};

        assertThat(Likeness.cosine(EAST, nothing)).isEqualTo(-1);
        assertThat(Likeness.cosine(EAST, other)).isEqualTo(-1);
        assertThat(Likeness.nearest(nothing, List.of(List.of(EAST), List.of(NORTH))))
                .isZero();
    }

    @Test
    void textsAreCutBetweenCharacters() {
        assertThat(Embeddings.start("short")).isEqualTo("short");
        assertThat(Embeddings.start("x".repeat(999) + "😀")).isEqualTo("x".repeat(999));
        assertThat(Embeddings.start("x".repeat(998) + "😀y")).isEqualTo("x".repeat(998) + "😀");
    }
}
