package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bad pipelines, by what their authors are told. */
class ProblemTextsTest {
    private static List<String> problems(String text) {
        return CompositionsTest.read("p.yaml", text).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static List<String> nodes(String... nodes) {
        return problems(CompositionsTest.oneModel(nodes));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        String text = """
                models:
                  small: {url: "http://h:1", api_key: x}
                architecture:
                - {name: in, layer: 0, model: smal, output-to: [1, 3], use_case: x}
                - {name: in, layer: 1, output-to: [owtput]}
                - {layer: one, output-to: [true]}
                """;

        assertThat(problems(text))
                .containsExactly(
                        "p.yaml:2:30: models.small: unknown key \"api_key\"; did you mean \"api-key\"?",
                        "p.yaml:4:31: architecture[0].model: there is no model \"smal\"; did you mean \"small\"?",
                        "p.yaml:4:52: architecture[0].output-to[1]: there is no node in layer 3; there are nodes in 0",
                        "p.yaml:4:56: architecture[0]: unknown key \"use_case\"; did you mean \"use-case\"?",
                        "p.yaml:5:10: architecture[1].name: another node has this name already, in line 4; rename one",
                        "p.yaml:6:3: architecture[2]: the key \"name\" is missing; add it",
                        "p.yaml:6:11: architecture[2].layer: must be a whole number from 0 to 1000",
                        "p.yaml:6:28: architecture[2].output-to[0]: must be a layer's number or a node's name, not true");
    }

    @Test
    void theMainKeysMustBeThere() {
        assertThat(problems("{}"))
                .containsExactly(
                        "p.yaml:1:1: the key \"models\" is missing; name the models under it",
                        "p.yaml:1:1: the key \"architecture\" is missing; list the nodes under it");
        assertThat(problems("models: []\narchitecture: {}"))
                .containsExactly(
                        "p.yaml:1:9: models: must be a map of keys and values, not a list",
                        "p.yaml:2:15: architecture: must be a list, not a map");
        assertThat(problems("- 1")).containsExactly("p.yaml:1:1: must be a map of keys and values, not a list");
        assertThat(problems("models: {}\narchitecture: []"))
                .containsExactly("p.yaml:2:15: architecture: has no nodes; add one");
    }

    @Test
    void aNodeWithoutAModelNeedsOne() {
        assertThat(problems("""
                                models: {a: {url: "http://h"}, b: {url: "http://h"}}
                                architecture: [{name: chat}]
                                """))
                .containsExactly(
                        "p.yaml:2:16: architecture[0]: does not say which model to ask; add \"model\": one of a, b");
        assertThat(problems("models: {}\narchitecture: [{name: chat}]"))
                .containsExactly(
                        "p.yaml:2:16: architecture[0]: does not say which model to ask; there are none; add one"
                                + " under \"models\"");
    }

    @Test
    void aRoundWithoutAConditionIsRefused() {
        assertThat(nodes(
                        "name: a, layer: 0, output-to: [b]",
                        "name: b, layer: 1, output-to: [c]",
                        "name: c, layer: 2, output-to: [b, output]"))
                .containsExactly(
                        "p.yaml:5:34: architecture[2].output-to: would go round for ever: b -> c -> b; give one of"
                                + " them an \"if\" such as \"$HOP_COUNT < 5\"");
        assertThat(nodes("name: a, output-to: [a]"))
                .containsExactly(
                        "p.yaml:3:24: architecture[0].output-to: would go round for ever: a -> a; give one of them"
                                + " an \"if\" such as \"$HOP_COUNT < 5\"");
    }

    @Test
    void aRoundWithAConditionIsNone() {
        assertThat(nodes(
                        "name: a, layer: 0, output-to: [b]",
                        "name: b, layer: 1, if: $HOP_COUNT < 3, output-to: [b, output]"))
                .isEmpty();
    }

    @Test
    void nodesNobodyReachesAreTold() {
        assertThat(nodes("name: a, layer: 0, output-to: [output]", "name: b, layer: 1"))
                .containsExactly(
                        "p.yaml:4:3: architecture[1]: no node leads here; name it in an \"output-to\", or take it"
                                + " out");
    }

    @Test
    void fanOutNeedsBranchesThatLeadOnAlike() {
        assertThat(nodes(
                        "name: in, layer: 0, fan-out: all, output-to: [1]",
                        "name: a, layer: 1, output-to: [2]",
                        "name: b, layer: 1, output-to: [output]",
                        "name: c, layer: 2"))
                .containsExactly(
                        "p.yaml:3:33: architecture[0].fan-out: needs branches that all lead on alike, and \"a\" and"
                                + " \"b\" do not; give them the same \"output-to\" and \"fan-out\"");
        assertThat(nodes("name: in, fan-out: all"))
                .containsExactly(
                        "p.yaml:3:23: architecture[0].fan-out: can only ask nodes with models, and \"output\" ends"
                                + " the run; lead to others");
        assertThat(nodes("name: in, fan-out: some"))
                .containsExactly("p.yaml:3:23: architecture[0].fan-out: must be all or one");
    }

    @Test
    void theDefaultMustBeATarget() {
        assertThat(nodes("name: in, layer: 0, default: c, output-to: [a, b]", "name: a, layer: 1", "name: b, layer: 1"))
                .containsExactly("p.yaml:3:33: architecture[0].default: is not where this node leads; use one of a, b");
        assertThat(nodes("name: in, default: output"))
                .containsExactly(
                        "p.yaml:3:23: architecture[0].default: has no effect, for this node does not choose; take it"
                                + " out");
    }

    @Test
    void functionsThatCannotBeCalledAreTold() {
        String text = """
                models: {m: {url: "http://h"}}
                functions:
                  shell: {type: shell, args: [a, [b]], working_dir: x}
                  rest: {type: rest, url: "ftp://h", method: TRACE, timeout: soon, headers: {A: [b]}}
                  socket: {type: websocket, url: "http://h"}
                  grpc: {type: grpc, address: "http://h", service: s, method: m, request: text}
                  other: {type: soap, url: x}
                  none: {url: "http://h"}
                architecture:
                - name: chat
                """;

        assertThat(problems(text))
                .containsExactly(
                        "p.yaml:3:10: functions.shell: the key \"command\" is missing; add it",
                        "p.yaml:3:30: functions.shell.args: must be a list of texts, not of a list",
                        "p.yaml:3:40: functions.shell: unknown key \"working_dir\"; it has no effect",
                        "p.yaml:4:27: functions.rest.url: must begin with http:// or https://",
                        "p.yaml:4:46: functions.rest.method: is none that functions have; use one of GET, POST, PUT,"
                                + " PATCH, DELETE",
                        "p.yaml:4:62: functions.rest.timeout: must be a time such as 250ms, 30s or 5m",
                        "p.yaml:4:81: functions.rest.headers.A: must be text, not a list",
                        "p.yaml:5:34: functions.socket.url: must begin with ws:// or wss://",
                        "p.yaml:6:31: functions.grpc.address: must be host:port, with https:// in front for TLS",
                        "p.yaml:6:75: functions.grpc.request: must be a map of the message's fields, not text",
                        "p.yaml:7:17: functions.other.type: is unknown; use one of rest, shell, websocket, grpc",
                        "p.yaml:8:9: functions.none: the key \"type\" is missing; add it",
                        "p.yaml:8:10: functions.none: unknown key \"url\"; it has no effect");
    }

    @Test
    void hooksThatCannotBeCalledAreTold() {
        String text = """
                models: {m: {url: "http://h"}}
                functions: {log: {type: rest, url: "http://h"}}
                architecture:
                - name: in
                  layer: 0
                  output-to: [1]
                  hooks: {pre: [{function: log, mode: transform, set: X}], post: [{function: log}]}
                - name: chat
                  layer: 1
                  hooks:
                    pre: [{function: lgo, mode: watch}, {}]
                    post: [{function: log, on_failure: abort}, {function: log, set: NODE}, {function: log, set: Y},
                      {function: log, on-failure: stop, if: '$X == 1 && $OUTPT'}]
                  output-to: [out]
                - name: out
                  adapter: output
                  hooks: {post: [{function: log}]}
                """;

        assertThat(problems(text))
                .containsExactly(
                        "p.yaml:7:10: architecture[0].hooks: have a \"post\" without effect, for this node only routes;"
                                + " write \"pre\"",
                        "p.yaml:11:22: architecture[1].hooks.pre[0].function: there is no function \"lgo\"; did you mean"
                                + " \"log\"?",
                        "p.yaml:11:33: architecture[1].hooks.pre[0].mode: must be observe or transform",
                        "p.yaml:11:41: architecture[1].hooks.pre[1]: the key \"function\" is missing; add it",
                        "p.yaml:12:28: architecture[1].hooks.post[0]: old key \"on_failure\"; write \"on-failure\"",
                        "p.yaml:12:40: architecture[1].hooks.post[0].on_failure: has no effect, for nobody waits for a"
                                + " hook that observes; write \"mode\": \"transform\"",
                        "p.yaml:12:69: architecture[1].hooks.post[1].set: is a variable already; use another name",
                        "p.yaml:12:97: architecture[1].hooks.post[2].set: needs what the function brings, and nobody waits"
                                + " for it; write \"mode\": \"transform\"",
                        "p.yaml:13:35: architecture[1].hooks.post[3].on-failure: must be continue or abort",
                        "p.yaml:13:57: architecture[1].hooks.post[3].if: there is no variable $OUTPT; did you mean"
                                + " \"$OUTPUT\"?\n    $X == 1 && $OUTPT\n               ^",
                        "p.yaml:17:10: architecture[2].hooks: have no effect, for this node asks no model; take them out");
    }

    @Test
    void variablesFromHeadersHaveNamesOfTheirOwn() {
        String text = CompositionsTest.oneModel(
                "name: in, extra-options: {UseHeaderKeys: [My-Key, WORD_COUNT, 7, Fine]}, if: $Fine == x && $Fin");

        assertThat(problems(text))
                .containsExactly(
                        "p.yaml:3:46: architecture[0].extra-options.UseHeaderKeys[0]: must be a name of letters, digits"
                                + " and _, such as TeamName for the header X-Team-Name",
                        "p.yaml:3:54: architecture[0].extra-options.UseHeaderKeys[1]: is a variable already; use another"
                                + " name",
                        "p.yaml:3:66: architecture[0].extra-options.UseHeaderKeys[2]: must be a variable's name, not a"
                                + " number",
                        "p.yaml:3:95: architecture[0].if: there is no variable $Fin; did you mean \"$Fine\"?\n    $Fine == x"
                                + " && $Fin\n                  ^");
    }

    @Test
    void addressesThatCannotBeAreRefused() {
        String text = """
                models:
                  a: {url: "localhost:11434"}
                  b: {url: "http://me:pass@h"}
                  c: {url: "http://my_host"}
                  d: {url: "http://h:99999"}
                  e: {url: "http://h?key=x"}
                  f: {url: "http://h h"}
                  g: {}
                  h: {url: "http://h", interface: grpc, type: externl}
                architecture: [{name: chat, model: a}]
                """;

        assertThat(problems(text))
                .containsExactly(
                        "p.yaml:2:12: models.a.url: must begin with http:// or https://; write it like"
                                + " http://127.0.0.1:8000",
                        "p.yaml:3:12: models.b.url: must not hold a user or password; use \"api-key\"",
                        "p.yaml:4:12: models.c.url: has no host, or one with letters that hosts cannot have; write it like"
                                + " http://127.0.0.1:8000",
                        "p.yaml:5:12: models.d.url: has a port that is not from 1 to 65535; correct it",
                        "p.yaml:6:12: models.e.url: must end before \"?\" and \"#\"; take them out",
                        "p.yaml:7:12: models.f.url: is not an address; write it like http://127.0.0.1:8000",
                        "p.yaml:8:6: models.g: does not say where the model is; add \"url\": \"http://host:port\"",
                        "p.yaml:9:35: models.h.interface: is unknown, and taken for openai-api; use one of openai-api,"
                                + " ollama",
                        "p.yaml:9:47: models.h.type: is unknown, and taken for external; did you mean \"external\"?");
    }

    @Test
    void onlyPipelinesAreRead() {
        String text = """
                {"apiVersion": "llmnet/v2", "kind": "Node", "metadata": {}, "spec": {"port": "http", "composition": {}}}
                """;

        assertThat(CompositionsTest.read("n.json", text).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "n.json:1:16: apiVersion: is unknown; write llmnet/v1",
                        "n.json:1:37: kind: only a Pipeline can be read here; write kind: Pipeline",
                        "n.json:1:57: metadata: the key \"name\" is missing; add it",
                        "n.json:1:78: spec.port: must be a whole number from 1 to 65535",
                        "n.json:1:101: spec.composition: the key \"models\" is missing; name the models under it",
                        "n.json:1:101: spec.composition: the key \"architecture\" is missing; list the nodes under it");
    }

    @Test
    void someNodeIsWhereRequestsComeIn() {
        assertThat(nodes("name: a, layer: 1", "name: b, layer: 2"))
                .containsExactly("p.yaml:3:3: architecture[0]: no node is in layer 0, where requests come in; write"
                        + " \"layer\": 0 on one");
        assertThat(nodes("name: out, adapter: output, output-to: [1]"))
                .containsExactly(
                        "p.yaml:3:3: architecture[0]: no node asks a model; add one with a \"model\"",
                        "p.yaml:3:43: architecture[0].output-to: has no effect here: the run ends at this node; take it"
                                + " out");
    }
}
