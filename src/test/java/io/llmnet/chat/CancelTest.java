package io.llmnet.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancelTest {
    private final Cancel cancel = new Cancel();
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void whoListensIsToldOnce() {
        cancel.onCancel(told::incrementAndGet);

        cancel.cancel();
        cancel.cancel();

        assertThat(told).hasValue(1);
    }

    @Test
    void whoListensTooLateIsToldAtOnce() {
        cancel.cancel();

        cancel.onCancel(told::incrementAndGet);

        assertThat(told).hasValue(1);
    }

    @Test
    void whoHasStoppedListeningIsNotTold() {
        cancel.onCancel(told::incrementAndGet).close();

        cancel.cancel();

        assertThat(told).hasValue(0);
    }

    @Test
    void aListenerMayListenAgainWithoutALock() {
        cancel.onCancel(() -> cancel.onCancel(told::incrementAndGet));

        cancel.cancel();

        assertThat(told).hasValue(1);
    }
}
