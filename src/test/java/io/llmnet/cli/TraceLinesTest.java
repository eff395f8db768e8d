package io.llmnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events of a trace as people read them. */
class TraceLinesTest {
    private static List<String> lines(String event) {
        String json = "{'time':3723004,'request':'0123456789','pipeline':'chat'," + event + "}";
        try {
            return new TraceLines(ZoneOffset.UTC).of(new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRunBeginsAndEndsAtTheMargin() {
        assertThat(lines("'phase':'begin','stream':true"))
                .containsExactly("01:02:03.004 01234567 chat begins a stream");
        assertThat(lines("'phase':'end','outcome':'ok','status':200,'ms':12.4,'prompt_tokens':3,'completion_tokens':5"))
                .containsExactly("01:02:03.004 01234567 chat ok in 12 ms, 3 + 5 tokens");
    }

    @Test
    void nodesAreIndentedByHop() {
        assertThat(lines("'phase':'ask','node':'router','model':'small','hop':1,'purpose':'choose'"))
                .containsExactly("01:02:03.004 01234567   router asks small to choose");
        assertThat(
                        lines(
                                "'phase':'answer','node':'b','hop':2,'outcome':'failed','status':502,'code':'backend_failed','ms':1"))
                .containsExactly("01:02:03.004 01234567     b failed 502 backend_failed in 1 ms");
        assertThat(lines("'phase':'choice','node':'router','chosen':'b','how':'model'"))
                .containsExactly("01:02:03.004 01234567   router -> b (model)");
    }

    @Test
    void whatIsSaidIsOneLineThatATerminalCannotObey() {
        assertThat(lines("'phase':'answer','node':'b','hop':1,'outcome':'ok','ms':1,'output':'one\\n\\ttwo\\u001b[2J'"))
                .containsExactly("01:02:03.004 01234567   b ok in 1 ms", "01:02:03.004 01234567     < one two?[2J");
    }

    @Test
    void longTextsAreCutAndWhatWasDroppedIsTold() {
        assertThat(lines("'phase':'ask','node':'a','hop':1,'input':'" + "x".repeat(400) + "'")
                        .get(1))
                .endsWith("x...")
                .hasSizeLessThan(400);
        assertThat(lines("'phase':'dropped','count':7").get(0)).endsWith("7 events were too fast to be shown");
        assertThat(lines("'phase':'following'")).isEmpty();
    }
}
