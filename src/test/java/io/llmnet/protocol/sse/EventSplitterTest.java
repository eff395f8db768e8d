package io.llmnet.protocol.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONFORMANCE 9. */
class EventSplitterTest {
    private static final String MIXED =
            "\ufeffdata: one\n\n: ping\n\ndata:two\r\n\r\nevent: x\rdata: th\rdata: r\u00e9\u4f60\r\r"
                    + "\n\ndata\n\nid: 1\nretry: 5\ndata:  four \n\ndata: [DONE]\r\n\r\n";
    private static final List<String> MIXED_DATA = List.of("one", "two", "th\nr\u00e9\u4f60", "", " four ", "[DONE]");

    @Test
    void findsTheSameEventsHoweverTheStreamIsCut() {
        for (List<byte[]> chunks : Streams.cuts(MIXED.getBytes(UTF_8), 1)) {
            assertThat(data(chunks)).isEqualTo(MIXED_DATA);
            assertThat(raw(chunks)).isEqualTo(MIXED);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void losesNoByteOfAnything(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] noise = new byte[200];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) "data: \n\r\nx\u00ff".charAt(random.nextInt(10));
        }
        List<String> whole = data(List.of(noise));

        for (List<byte[]> chunks : Streams.cuts(noise, seed)) {
            assertThat(raw(chunks)).isEqualTo(new String(noise, UTF_8));
            assertThat(data(chunks)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\n", "\r\n\r\n", "\r\r"})
    void givesAnEventAsSoonAsItIsThere(String ending) {
        EventSplitter events = new EventSplitter();

        events.feed(("data: now" + ending).getBytes(UTF_8));

        assertThat(events.next()).isNotNull();
        assertThat(events.isBetween()).isTrue();
    }

    @Test
    void refusesAnEventWithoutEnd() {
        EventSplitter events = new EventSplitter(100);
        events.feed(new byte[60]);
        assertThat(events.next()).isNull();
        events.feed(new byte[60]);

        ChatException e = catchThrowableOfType(ChatException.class, events::next);

        assertThat(e.fault()).isEqualTo(Fault.BACKEND_NONSENSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "data: a~~;                 data: NEW~~",
                "data:a^~^~;                data:NEW^~^~",
                ": c~event: x~data: a~id: 1~~;  : c~event: x~data: NEW~id: 1~~",
                "data: a~data: b~~;         data: NEW~~",
                "data: a;                   data: NEW"
            })
    void exchangesTheDataAndNothingElse(String event, String expected) {
        byte[] bytes = lines(event).getBytes(UTF_8);

        byte[] changed = new Event(bytes, 0, bytes.length).withData("NEW".getBytes(UTF_8));

        assertThat(new String(changed, UTF_8)).isEqualTo(lines(expected));
    }

    private static String lines(String text) {
        return text.replace('~', '\n').replace('^', '\r');
    }

    private static List<String> data(List<byte[]> chunks) {
        EventSplitter events = new EventSplitter();
        List<String> all = new ArrayList<>();
        for (byte[] chunk : chunks) {
            events.feed(chunk);
            for (Event event = events.next(); event != null; event = events.next()) {
                byte[] data = event.data();
                if (data != null) {
                    all.add(new String(data, UTF_8));
                }
            }
        }
        return all;
    }

    private static String raw(List<byte[]> chunks) {
        EventSplitter events = new EventSplitter();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            events.feed(chunk);
            for (Event event = events.next(); event != null; event = events.next()) {
                all.writeBytes(event.raw());
            }
        }
        all.writeBytes(events.rest().raw());
        return all.toString(UTF_8);
    }
}
