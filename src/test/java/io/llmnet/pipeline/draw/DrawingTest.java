package io.llmnet.pipeline.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.pipeline.file.Compositions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

class DrawingTest {
    private static final Picture DESK =
            Picture.of(Compositions.read("desk.yaml", """
                    models: {small: {url: "http://h"}, big: {url: "http://h"}}
                    architecture:
                    - {name: router, layer: 0, model: small, default: "br<ie>f", output-to: [1]}
                    - {name: "br<ie>f", layer: 1, model: small, if: '$PREV_NODE != "x"', use-case: Short ones, output-to: [2]}
                    - {name: panel, layer: 1, model: big, if: $WORD_COUNT >= 12, fan-out: all, output-to: [2]}
                    - {name: refiner, layer: 2, model: big, output-to: [answer, again]}
                    - {name: again, layer: 3, model: big, if: $HOP_COUNT < 5, output-to: [refiner]}
                    - {name: answer, adapter: output}
                    """, name -> null).graph().orElseThrow());

    private static final Picture LIVE = new Picture(
            "desk",
            "router",
            Map.of(
                    "router", box("router", new Picture.Counts(12, 0, 1, 41.6)),
                    "panel", box("panel", new Picture.Counts(5, 2, 0, 2345)),
                    "answer", box("answer", new Picture.Counts(0, 0, 0, 0))),
            List.of(new Picture.Line("router", "panel", "", false, 5)));

    private static final List<Picture.Kind> KINDS = List.copyOf(EnumSet.allOf(Picture.Kind.class));

    private static Picture.Box box(String name, Picture.Counts counts) {
        return new Picture.Box(name, Picture.Kind.MODEL, null, null, false, "", counts);
    }

    @Test
    void textIsATreeInWhichEachNodeIsOpenedOnce() {
        assertThat(TextDrawing.of(DESK)).isEqualTo("""
                desk

                ● router  (asks small)
                  ├─ if $PREV_NODE != "x" (default): br<ie>f  (asks small)  Short ones
                  │  └─ refiner  (asks big)
                  │     ├─ answer  (output)
                  │     └─ if $HOP_COUNT < 5: again  (asks big)
                  │        └─ refiner ↑
                  └─ if $WORD_COUNT >= 12: panel  (asks big, then all at once)
                     └─ refiner ↑
                """);
    }

    @Test
    void countsStandWhereTheyBelong() {
        assertThat(TextDrawing.of(DESK.counted(LIVE)))
                .contains("● router  (asks small)  [12 asked, 1 now, 42 ms]\n")
                .contains(
                        "└─ if $WORD_COUNT >= 12: 5 × panel  (asks big, then all at once)  [5 asked, 2 failed, 2.3 s]\n")
                .contains("answer  (output)\n");
    }

    @Test
    void mermaidsGrammarNeverMeetsALabel() {
        assertThat(MermaidDrawing.of(DESK.counted(LIVE))).isEqualTo("""
                flowchart LR
                  start((" ")):::entry
                  n0["<b>router</b><br/>small<br/>12 asked, 1 now, 42 ms"]:::model
                  n1["<b>br#60;ie#62;f</b><br/>small<br/><i>Short ones</i>"]:::model
                  n2["<b>panel</b><br/>big<br/>all at once<br/>5 asked, 2 failed, 2.3 s"]:::model
                  n3["<b>refiner</b><br/>big"]:::model
                  n4["<b>again</b><br/>big"]:::model
                  n5(["<b>answer</b>"]):::output
                  start --> n0
                  n0 -->|"$PREV_NODE != #34;x#34; #40;default#41;"| n1
                  n0 -->|"$WORD_COUNT #62;= 12<br/>5 ×"| n2
                  n1 --> n3
                  n2 --> n3
                  n3 --> n5
                  n3 -->|"$HOP_COUNT #60; 5"| n4
                  n4 --> n3
                  classDef entry fill:#6366f1,stroke:#6366f1
                  classDef model stroke:#0ea5e9
                  classDef output stroke:#10b981
                  classDef alert stroke:#f59e0b,stroke-dasharray:4 3
                """);
    }

    @Test
    void svgIsWellFormedAndSaysAll() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        SvgDrawing.of(DESK.counted(LIVE)).getBytes(StandardCharsets.UTF_8)));

        List<String> texts = IntStream.range(0, svg.getElementsByTagName("text").getLength())
                .mapToObj(at -> svg.getElementsByTagName("text").item(at).getTextContent())
                .toList();
        assertThat(texts)
                .contains(
                        "router",
                        "br<ie>f",
                        "Short ones",
                        "5 asked, 2 failed, 2.3 s",
                        "$PREV_NODE != \"x\" (default)",
                        "$WORD_COUNT >= 12",
                        "$HOP_COUNT < 5",
                        "5 ×");
        assertThat(svg.getElementsByTagName("path").getLength())
                .isEqualTo(2 * (DESK.lines().size() + 1));
    }

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    private static Picture random(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        int count = 1 + chance.nextInt(25);
        Map<String, Picture.Box> boxes = new LinkedHashMap<>();
        List<Picture.Line> lines = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            Picture.Kind kind = KINDS.get(chance.nextInt(KINDS.size()));
            boxes.put(
                    "n" + at,
                    new Picture.Box("n" + at, kind, "m".repeat(1 + chance.nextInt(20)), null, false, "", null));
        }
        for (int at = 0; at < chance.nextInt(3 * count); at++) {
            lines.add(new Picture.Line(
                    "n" + chance.nextInt(count),
                    "n" + chance.nextInt(count),
                    at % 3 == 0 ? "$X > " + at : "",
                    false,
                    at));
        }
        return new Picture("random", "n0", boxes, lines);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void boxesNeverTouchAndLinesLeadRight(long seed) {
        Layout layout = Layout.of(random(seed));

        List<Spot> spots = List.copyOf(layout.boxes().values());
        for (Spot one : spots) {
            assertThat(one.top()).isNotNegative();
            assertThat(one.end()).isLessThan(layout.width());
            assertThat(one.top() + one.height).isLessThan(layout.height());
            for (Spot other : spots) {
                boolean apart = one.end() < other.x
                        || other.end() < one.x
                        || one.top() + one.height < other.top()
                        || other.top() + other.height < one.top();
                assertThat(one.equals(other) || apart).isTrue();
            }
        }
        for (Layout.Way way : layout.ways()) {
            assertThat(Objects.requireNonNull(layout.boxes().get(way.line().from()))
                            .end())
                    .isLessThan(
                            Objects.requireNonNull(layout.boxes().get(way.line().to())).x);
        }
        assertThat(layout.ways().size() + layout.back().size())
                .isEqualTo(random(seed).lines().size());
    }
}
