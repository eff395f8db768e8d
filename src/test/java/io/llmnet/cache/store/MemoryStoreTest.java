package io.llmnet.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.dispatch.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private final VirtualTime time = new VirtualTime();

    @Test
    void eachIsForgottenWhenItsOwnTimeIsOver() {
        MemoryStore store = new MemoryStore(10, 1 << 20, time::nanoTime);
        store.write("brief", kept(10), Duration.ofSeconds(1));
        store.write("long", kept(10), Duration.ofSeconds(3));
        time.pass(2000);

        assertThat(read(store, "brief")).isEmpty();
        assertThat(read(store, "long")).isPresent();
        assertThat(store.entries()).isEqualTo(1);
    }

    @Test
    void thereAreNeverMoreThanItMayHold() {
        MemoryStore store = new MemoryStore(10, 1 << 20, time::nanoTime);
        for (int i = 0; i < 1000; i++) {
            store.write("key" + i, kept(10), Duration.ofMinutes(1));
            assertThat(store.entries()).isLessThanOrEqualTo(10);
        }
        assertThat(store.entries()).isEqualTo(10);
    }

    @Test
    void theyAreNeverLargerTogetherThanTheyMay() {
        MemoryStore store = new MemoryStore(1000, 1 << 20, time::nanoTime);
        for (int i = 0; i < 100; i++) {
            store.write("key" + i, kept(100_000), Duration.ofMinutes(1));
            assertThat(store.entries()).isLessThanOrEqualTo(10);
        }
        assertThat(store.entries()).isEqualTo(10);
    }

    @Test
    void aClosedStoreHasNothing() {
        MemoryStore store = new MemoryStore(10, 1 << 20, time::nanoTime);
        store.write("key", kept(10), Duration.ofMinutes(1));
        store.close();

        assertThat(store.entries()).isZero();
    }

    private static Optional<Kept> read(Store store, String key) {
        return store.read(key).toCompletableFuture().join();
    }

    private static Kept kept(int bytes) {
        return new Kept(200, "application/json", Map.of(), List.of(), new byte[bytes], 0, true);
    }
}
