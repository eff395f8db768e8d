package io.llmnet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveDoorTest {
    private final List<String> events = new ArrayList<>();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final LiveDoor<Integer> door =
            new LiveDoor<>("the door", place -> "here:" + place, place -> place % 10, this::open);
    private Set<Integer> taken = Set.of();

    private CompletionStage<LiveDoor.Open> open(int port) {
        if (taken.contains(port)) {
            return CompletableFuture.failedFuture(new BindException("Address already in use"));
        }
        events.add("open " + port);
        return CompletableFuture.completedFuture(new LiveDoor.Open() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public CompletionStage<Void> close() {
                events.add("close " + port);
                return port == 9 ? closing : CompletableFuture.completedFuture(null);
            }
        });
    }

    private void change(@Nullable Integer to) {
        door.change(to).toCompletableFuture().join();
    }

    @Test
    void isWhereTheSettingsHaveIt() {
        change(1);
        change(1);
        change(2);
        assertThat(door.port()).isEqualTo(2);
        change(null);
        change(null);

        assertThat(events).containsExactly("open 1", "open 2", "close 1", "close 2");
        assertThat(door.port()).isZero();
    }

    @Test
    void oneChangeWaitsForTheOther() {
        change(9);

        CompletableFuture<Void> first = door.change(2).toCompletableFuture();
        CompletableFuture<Void> second = door.change(3).toCompletableFuture();
        assertThat(first).isNotDone();
        closing.complete(null);

        second.join();
        assertThat(events).containsExactly("open 9", "open 2", "close 9", "open 3", "close 2");
    }

    @Test
    void whereItCannotBeOpenedItStaysClosedUntilItIsTriedAnew() {
        taken = Set.of(7);
        assertThatThrownBy(() -> change(7))
                .hasMessageContaining("the door cannot listen on here:7: Address already in use; free that address,"
                        + " or name another in the settings");
        assertThat(door.port()).isZero();
        taken = Set.of();

        change(7);

        assertThat(door.port()).isEqualTo(7);
    }

    @Test
    void whereAnotherPlaceIsTakenItStaysWhereItIs() {
        change(1);
        taken = Set.of(7);

        assertThatThrownBy(() -> change(7)).hasMessageContaining("cannot listen on here:7");

        assertThat(events).containsExactly("open 1");
        assertThat(door.port()).isEqualTo(1);
    }

    @Test
    void onTheSamePortOneClosesBeforeTheOtherOpens() {
        change(1);
        change(11);

        assertThat(events).containsExactly("open 1", "close 1", "open 11");
        assertThat(door.port()).isEqualTo(11);
    }

    @Test
    void onTheSamePortItIsBackWhereItWasWhenTheOtherCannotBe() {
        change(1);
        taken = Set.of(11);

        assertThatThrownBy(() -> change(11)).hasMessageContaining("cannot listen on here:11");

        assertThat(events).containsExactly("open 1", "close 1", "open 1");
        assertThat(door.port()).isEqualTo(1);
        taken = Set.of();
        change(11);
        assertThat(door.port()).isEqualTo(11);
    }

    @Test
    void aDoorThatDoesNotCloseWellIsLeftAllTheSame() {
        change(9);
        closing.completeExceptionally(new IllegalStateException("jammed"));

        change(2);

        assertThat(door.port()).isEqualTo(2);
    }
}
