package io.llmnet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Somebody who follows requests and may be slow. */
class FollowerTest {
    private final AtomicInteger woken = new AtomicInteger();
    private final Follower follower = new Follower("chat", true, woken::incrementAndGet);

    private void tell(int number) {
        follower.tell(JsonNodeFactory.instance.objectNode().put("n", number));
    }

    @Test
    void eventsComeInOrder() {
        tell(1);
        tell(2);

        assertThat(follower.next()).isEqualTo("{\"n\":1}");
        assertThat(follower.next()).isEqualTo("{\"n\":2}");
        assertThat(follower.next()).isNull();
        assertThat(woken).hasValue(2);
    }

    @Test
    void whoIsTooSlowIsToldHowMuchWasDropped() {
        for (int number = 0; number < 1500; number++) {
            tell(number);
        }

        for (int number = 0; number < 1000; number++) {
            assertThat(follower.next()).isEqualTo("{\"n\":" + number + "}");
        }
        assertThat(follower.next()).contains("\"phase\":\"dropped\"", "\"count\":500");
        assertThat(follower.next()).isNull();
    }

    @Test
    void onlyThePipelineOfInterestIsFollowed() {
        assertThat(follower.follows("chat")).isTrue();
        assertThat(follower.follows("other")).isFalse();
        assertThat(new Follower(null, false, () -> {}).follows("other")).isTrue();
    }
}
