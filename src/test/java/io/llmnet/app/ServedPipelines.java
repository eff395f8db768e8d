package io.llmnet.app;

import io.llmnet.FakeBackend;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pipelines that the tests of the running server ask, as files. */
final class ServedPipelines {
    /** Models that each are a pipeline of their own, named like the model with a dash for the colon. */
    private static final List<String> ALONE = List.of(
            "ok",
            "raw",
            "json",
            "tools",
            "drip",
            "crlf",
            "comments",
            "garbage",
            "html",
            "first-error",
            "late-error",
            "hang-head",
            "hang-first",
            "hang-mid",
            "flood",
            "cut:5",
            "cut:250",
            "count:50",
            "slow:20",
            "status:400",
            "status:401",
            "status:403",
            "status:404",
            "status:422",
            "status:429",
            "status:500",
            "status:503",
            "status:529");

    private ServedPipelines() {}

    static Map<String, String> oneModel(URI fake) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String model : ALONE) {
            files.put(name(model), alone(fake, "openai-api", model));
        }
        files.put(
                "impatient",
                alone(fake, "openai-api", "hang-mid")
                        .replace(
                                "\"model\": \"hang-mid\"",
                                "\"model\": \"hang-mid\", \"timeouts\": {\"idle\": \"200ms\"}"));
        files.put("refused", alone(FakeBackend.nobody(), "openai-api", "ok"));
        for (String model : List.of("ok", "count:50", "hang-mid", "status:404")) {
            files.put("ollama-" + name(model), alone(fake, "ollama", model));
        }
        return files;
    }

    static Map<String, String> ofSeveral(URI fake, URI nobody) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("rules", RULES);
        files.put("intent", intent("say:coder"));
        files.put("intent-json", intent("'say:{\"node\":\"coder\"}'"));
        files.put("intent-nonsense", intent("say:no idea"));
        files.put("intent-refused", intent("status:500"));
        files.put("intent-plain", intent("no-schema:coder"));
        files.put("intent-hang", intent("hang-head"));
        files.put("intent-down", intent("ok").replace("chooser: {url: FAKE", "chooser: {url: NOBODY"));
        files.put("compare", compare("embed"));
        files.put(
                "compare-ollama",
                compare("embed").replace("FAKE, model: 'embed'", "FAKE, interface: ollama, model: 'embed'"));
        files.put("compare-refused", compare("status:500"));
        files.put("compare-nonsense", compare("garbage"));
        files.put("compare-few", compare("ok"));
        files.put("compare-down", compare("embed").replace("vectors: {url: FAKE", "vectors: {url: NOBODY"));
        files.put("compare-hang", compare("hang-head"));
        files.put("compare-hang-late", compare("embed-many"));
        files.put("compare-here", compare("embed").replace("embedding-model: vectors, ", ""));
        files.put(
                "compare-rules",
                compare("embed").replace("use-case: programming", "if: $WORD_COUNT > 9, use-case: programming"));
        files.put("layers", layers("say:two words"));
        files.put("layers-slow", layers("slow:30"));
        files.put("layers-hang", layers("hang-head"));
        files.put("layers-refused", layers("status:429"));
        files.put("layers-late-refused", layers("slow:30").replace("model: ok}", "model: 'status:429'}"));
        files.put("panel", panel("say:one", "say:two", "say:three"));
        files.put("panel-two", panel("say:one", "status:500", "say:three"));
        files.put("panel-none", panel("status:429", "status:500", "cut:5"));
        files.put("layers-hang-late", layers("say:two words").replace("model: ok}", "model: hang-mid}"));
        files.put("panel-hang", panel("hang-head", "hang-mid", "hang-head"));
        files.put("panel-out", PANEL_OUT);
        files.put("middle", MIDDLE);
        files.put("loop", LOOP);
        files.put("context", CONTEXT);
        files.put("team", TEAM);
        files.put("asked", ASKED);
        files.put("together", together("strategy: voting, models: [paris, city, lyon]"));
        files.put("together-race", together("strategy: fastest, hedge-after: 20ms, models: [hang, paris]"));
        files.put("together-split", together("strategy: consensus, models: [paris, city, lyon]"));
        files.put("together-down", together("strategy: voting, models: [broken, refusing]"));
        files.put("together-middle", TOGETHER_MIDDLE);
        files.replaceAll((name, text) -> text.replace("FAKE", fake.toString()).replace("NOBODY", nobody.toString()));
        return files;
    }

    /** Pipelines that set off alerts. */
    static Map<String, String> alerting(URI fake, String bell, URI nobody) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("alerts", ALERTS);
        files.put("alerts-down", ALERTS.replace("BELL", nobody.toString().replace("http", "ws")));
        files.put("alerts-inbound", INBOUND);
        files.replaceAll((name, text) -> text.replace("FAKE", fake.toString()).replace("BELL", bell));
        return files;
    }

    private static String name(String model) {
        return model.replace(':', '-');
    }

    static String alone(URI fake, String language, String model) {
        return """
            {"models": {"m": {"interface": "%s", "url": "%s", "model": "%s"}},
             "architecture": [
                {"name": "chat", "layer": 0, "model": "m", "output-to": ["answer"]},
                {"name": "answer", "adapter": "output"}]}
            """.formatted(language, fake, model);
    }

    private static String intent(String chooser) {
        return """
            models:
              chooser: {url: FAKE, model: %s}
              coder: {url: FAKE, model: 'say:from the coder'}
              writer: {url: FAKE, model: 'say:from the writer'}
            architecture:
              - {name: router, layer: 0, model: chooser, output-to: [1], default: writer}
              - {name: coder, layer: 1, model: coder, use-case: programming, output-to: [answer]}
              - {name: writer, layer: 1, model: writer, use-case: letters, output-to: [answer]}
              - {name: answer, adapter: output}
            """.formatted(chooser);
    }

    private static String compare(String vectors) {
        return """
            models:
              vectors: {url: FAKE, model: '%s'}
              coder: {url: FAKE, model: 'say:from the coder'}
              writer: {url: FAKE, model: 'say:from the writer'}
              friend: {url: FAKE, model: 'say:from the friend'}
            architecture:
              - {name: router, layer: 0, choose-by: embedding, embedding-model: vectors, default: writer, output-to: [1]}
              - {name: coder, layer: 1, model: coder, use-case: programming and code, output-to: [answer]}
              - {name: writer, layer: 1, model: writer, use-case: letters and poems, examples: [Ode to joy], output-to: [answer]}
              - {name: friend, layer: 1, model: friend, examples: [Hello my friend, Nice weather], output-to: [answer]}
              - {name: answer, adapter: output}
            """.formatted(vectors);
    }

    private static String layers(String draft) {
        return """
            models:
              draft: {url: FAKE, model: '%s'}
              finish: {url: FAKE, model: ok}
            architecture:
              - {name: router, layer: 0, model: draft, output-to: [1]}
              - {name: draft, layer: 1, model: draft, context: You draft., output-to: [2]}
              - {name: finish, layer: 2, model: finish, context: You finish., output-to: [answer]}
              - {name: answer, adapter: output}
            """.formatted(draft);
    }

    private static String panel(String first, String second, String third) {
        return """
            models:
              first: {url: FAKE, model: '%s'}
              second: {url: FAKE, model: '%s'}
              third: {url: FAKE, model: '%s'}
              refiner: {url: FAKE, model: ok}
            architecture:
              - {name: panel, layer: 0, model: first, fan-out: all, output-to: [1]}
              - {name: first, layer: 1, model: first, output-to: [2]}
              - {name: second, layer: 1, model: second, output-to: [2]}
              - {name: third, layer: 1, model: third, output-to: [2]}
              - {name: refiner, layer: 2, model: refiner, output-to: [answer]}
              - {name: answer, adapter: output}
            """.formatted(first, second, third);
    }

    private static String together(String ensemble) {
        return """
            models:
              paris: {url: FAKE, model: 'say:Paris'}
              city: {url: FAKE, model: 'say:paris.'}
              lyon: {url: FAKE, model: 'say:Lyon'}
              hang: {url: FAKE, model: hang-head}
              broken: {url: FAKE, model: 'status:500'}
              refusing: {url: FAKE, model: 'status:429'}
            architecture:
              - {name: chat, layer: 0, ensemble: {%s}, output-to: [answer], context: Be brief.}
              - {name: answer, adapter: output}
            """.formatted(ensemble);
    }

    private static final String TOGETHER_MIDDLE = """
            models:
              paris: {url: FAKE, model: 'say:Paris'}
              city: {url: FAKE, model: 'say:paris.'}
              ok: {url: FAKE, model: ok}
            architecture:
              - {name: router, layer: 0, model: ok, output-to: [1]}
              - {name: draft, layer: 1, ensemble: {strategy: voting, models: [paris, city]}, output-to: [2]}
              - {name: finish, layer: 2, model: ok, output-to: [answer]}
              - {name: answer, adapter: output}
            """;

    private static final String RULES = """
            models:
              small: {url: FAKE, model: 'say:small'}
              large: {url: FAKE, model: 'say:large'}
            architecture:
              - {name: router, layer: 0, model: small, output-to: [1]}
              - {name: quick, layer: 1, model: small, if: $WORD_COUNT < 5, output-to: [answer]}
              - {name: careful, layer: 1, model: large, if: $WORD_COUNT >= 5, output-to: [answer]}
              - {name: answer, adapter: output}
            """;

    private static final String PANEL_OUT = """
            models:
              first: {url: FAKE, model: 'say:one'}
              second: {url: FAKE, model: 'say:two'}
            architecture:
              - {name: panel, layer: 0, model: first, fan-out: all, output-to: [1]}
              - {name: first, layer: 1, model: first, output-to: [answer]}
              - {name: second, layer: 1, model: second, output-to: [answer]}
              - {name: answer, adapter: output}
            """;

    /** Short drafts are the answer; long ones are polished. */
    private static final String MIDDLE = """
            models:
              fake: {url: FAKE, model: ok}
            architecture:
              - {name: router, layer: 0, model: fake, output-to: [draft]}
              - {name: draft, layer: 1, model: fake, output-to: [polish, answer]}
              - {name: polish, layer: 2, model: fake, if: $WORD_COUNT >= 5, output-to: [answer]}
              - {name: answer, adapter: output, if: $WORD_COUNT < 5}
            """;

    private static final String LOOP = """
            models:
              fake: {url: FAKE, model: 'say:again'}
            architecture:
              - {name: router, layer: 0, model: fake, output-to: [ping]}
              - {name: ping, layer: 1, model: fake, output-to: [pong, answer]}
              - {name: pong, layer: 2, model: fake, if: $HOP_COUNT < 100, output-to: [ping]}
              - {name: answer, adapter: output, if: $HOP_COUNT >= 100}
            """;

    private static final String CONTEXT = """
            models:
              fake: {url: FAKE, model: ok}
            architecture:
              - {name: chat, layer: 0, model: fake, output-to: [answer],
                 context: 'Say it in $WORD_COUNT words, request $REQUEST_ID.'}
              - {name: answer, adapter: output}
            """;

    /** Who answers hangs on what the caller's request says beside its messages. */
    private static final String ASKED = """
            models:
              blue: {url: FAKE, model: 'say:blue'}
              warm: {url: FAKE, model: 'say:warm'}
              keyed: {url: FAKE, model: 'say:keyed'}
              other: {url: FAKE, model: 'say:other'}
            architecture:
              - name: router
                layer: 0
                model: other
                output-to: [1]
                extra-options: {UseHeaderKeys: [OutputCustomKey]}
              - {name: blue, layer: 1, model: blue, if: "$HEADER.X-Team == 'blue'", output-to: [answer]}
              - name: warm
                layer: 1
                model: warm
                if: $BODY.temperature > 0.8 || $BODY.metadata.tags.1 in ["warm", 'hot']
                context: 'At $BODY.temperature for ${BODY.metadata}, $$5.'
                output-to: [answer]
              - name: keyed
                layer: 1
                model: keyed
                if: $OutputCustomKey matches "^(true|yes)$"
                context: The key is $OutputCustomKey.
                output-to: [answer]
              - name: other
                layer: 1
                model: other
                if: >-
                  !($HEADER.x-team == blue || $BODY.temperature > 0.8 || $BODY.metadata.tags.1 || $OutputCustomKey)
                output-to: [answer]
              - {name: answer, adapter: output}
            """;

    private static final String ALERTS = """
            models:
              fake: {url: FAKE, model: ok}
            architecture:
              - {name: router, layer: 0, model: fake, output-to: [1]}
              - {name: chat, layer: 1, model: fake, output-to: [loud, answer]}
              - {name: answer, adapter: output}
              - name: loud
                adapter: ws
                url: BELL
                if: '$WORD_COUNT > 3'
                body: {said: 'So "$OUTPUT"', by: $NODE, id: $REQUEST_ID, words: "$WORD_COUNT"}
              - {name: every, adapter: ws, url: BELL, body: 'every $REQUEST_ID'}
            """;

    private static final String INBOUND = """
            models:
              fake: {url: FAKE, model: ok}
            architecture:
              - {name: chat, layer: 0, model: fake}
              - {name: bell, adapter: ws, inbound: true, body: $OUTPUT}
              - {name: long, adapter: ws, inbound: true, if: $WORD_COUNT > 1000, body: long}
            """;

    private static final String TEAM = """
            apiVersion: llmnet/v1
            kind: Pipeline
            metadata: {name: 'team/model:7b'}
            spec:
              composition:
                models:
                  fake: {url: FAKE, model: ok}
                architecture:
                  - {name: chat, layer: 0, model: fake, output-to: [answer]}
                  - {name: answer, adapter: output}
            """;
}
