package io.llmnet.pipeline.file;

import io.llmnet.config.form.Form;
import io.llmnet.config.form.JsonSchema;
import io.llmnet.config.form.Key;
import io.llmnet.config.form.Shape;
import io.llmnet.council.CouncilKeys;
import java.util.List;
import java.util.Map;

/** All keys of pipeline files. Readers can ask for no other, and the schema is printed from here. */
public final class Vocabulary {
    /** The keys of which each says that a file is a manifest, and no bare composition. */
    static final List<String> MANIFEST_MARKS = List.of("kind", "spec", "apiVersion");

    static final int MOST_LAYERS = 1000;
    static final int MOST_REPLICAS = 10_000;
    private static final int LARGEST_PORT = 65_535;

    private static final Key SCHEMA =
            Key.text("$schema", "Where editors find the schema of this file.").noted();

    private static final Form TIMEOUTS = Form.of(
            "timeouts",
            "How patient to be with a model's server: times such as 250ms, 30s or 5m.",
            Key.duration("connect", "For a connection. Default: 2s.").elsewhere("connection"),
            Key.duration("first-byte", "From the request to the first byte of a stream. Default: 5m.")
                    .elsewhere("first_byte", "ttft"),
            Key.duration("idle", "Between two chunks of an answer. Default: 60s.")
                    .elsewhere("read"));

    private static final Form REGISTRY = Form.of(
            "registry",
            "Where a container's image is.",
            Key.text("url", "Its address.").noted(),
            Key.text("token", "The key to it.").noted(),
            Key.text("username", "Whose key that is.").noted());

    private static final Form DOCKER = Form.of(
            "docker",
            "The container that serves the model.",
            Key.integer("port", 1, LARGEST_PORT, "Where it listens. Default: 8080."),
            Key.text("image", "Its image.").noted(),
            Key.text("dockerfile", "What its image is built from, instead of an image.")
                    .noted(),
            Key.text("context", "The folder that its image is built in.").noted(),
            Key.map("registry", REGISTRY, "Where its image is."),
            Key.text("name", "Its name.").noted(),
            Key.text("network", "Its network. Default: host.").noted(),
            Key.text("gpus", "Its GPUs, such as all.").noted(),
            Key.text("ipc", "Its IPC namespace.").noted(),
            Key.text("shm_size", "Its shared memory.").noted(),
            Key.texts("volumes", "Its volumes.").noted(),
            Key.anything("env", "Its environment.").noted(),
            Key.anything("extra_args", "More arguments of the program in it.").noted(),
            Key.truth("detached", "Whether it runs in the background.").noted(),
            Key.truth("auto_remove", "Whether it is removed when it ends.").noted(),
            Key.text("restart", "When it is started again.").noted());

    static final Form MODEL = Form.of(
            "model",
            "A model that may be asked, and where it is.",
            Key.expanded("url", "Of the server, with or without /v1: http://localhost:8000.")
                    .elsewhere("base-url", "base_url", "api_base", "api-base", "host", "address"),
            Key.choice(
                    "interface",
                    "What the server speaks. Default: openai-api.",
                    List.of("openai-api", "ollama", "openai", "ollama-api")),
            Key.text("model", "Its name there. Default: its name here.").elsewhere("id", "model-name", "model_name"),
            Key.expanded("api-key", "Sent as a bearer token; never logged or shown. Best as $NAME of the environment.")
                    .elsewhere("key", "token", "apikey", "apiKey"),
            Key.map("timeouts", TIMEOUTS, "How patient to be with the server.").elsewhere("timeout"),
            Key.choice(
                    "runner",
                    "What serves it. Default: external, a server that runs already.",
                    ModelForm.written(ModelForm.RUNNERS)),
            Key.choice("type", "The runner, as older files name it.", ModelForm.written(ModelForm.TYPES)),
            Key.expanded("source", "What a runner is to serve: a name of its, a repository or a file."),
            Key.map("docker", DOCKER, "The container, for the runner docker."),
            Key.anything("parameters", "What a runner is told of the model.").elsewhere("params"),
            Key.expanded("endpoint", "Where the server is.").replacedBy("url"),
            Key.text("model-id", "Its name there.").replacedBy("model"),
            Key.anything("options", "Without effect.").noted(),
            Key.anything("image", "Without effect.").noted(),
            Key.anything("pat", "Without effect.").noted(),
            Key.anything("registry_url", "Without effect.").noted(),
            Key.anything("params", "Without effect.").noted(),
            Key.anything("hf_pat", "Without effect.").noted());

    private static final Form HOOK = Form.of(
            "hook",
            "A call of a function around a node.",
            Key.text("function", "Its name under \"functions\".").required(),
            Key.choice(
                    "mode",
                    "observe: nobody waits for it; transform: what it brings takes the text's place. Default: observe.",
                    List.of("observe", "transform")),
            Key.choice(
                            "on-failure",
                            "What its failure means for the request. Default: continue.",
                            List.of("continue", "abort"))
                    .once("on_failure"),
            Key.text("set", "The variable that takes what the function brings, instead of the text."),
            Key.text("if", "When it is called.").elsewhere("when", "condition"));

    private static final Form HOOKS = Form.of(
            "hooks",
            "Functions that are called around the node's model.",
            Key.list("pre", HOOK, "Before the model is asked.").elsewhere("before"),
            Key.list("post", HOOK, "When it has answered.").elsewhere("after"));

    private static final Form OPTIONS = Form.of(
            "extra-options",
            "More of a node.",
            Key.text("model-override", "The name to ask the server for instead of the model's own.")
                    .once("model_override"),
            Key.texts("UseHeaderKeys", "Variables that are headers of the request: OutputKey is X-Output-Key."));

    private static final Shape TARGET =
            new Shape.Either(List.of(new Shape.Text(List.of(), false), new Shape.Whole(0, MOST_LAYERS)));

    static final Form NODE = Form.of(
            "node",
            "A node that questions pass.",
            Key.text("name", "Its name, unlike all others.").required().elsewhere("id"),
            Key.integer("layer", 0, MOST_LAYERS, "Where it stands; 0 is where requests come in."),
            Key.text("model", "Whom it asks: a name under \"models\"."),
            CouncilKeys.ofNode("ensemble", "Who answers together, instead of one model: names under \"models\"."),
            Key.choice(
                            "adapter",
                            "output: the pipeline ends here; ws: an alert; else it asks a model.",
                            List.of("openai-api", "output", "ws", "openai"))
                    .elsewhere("type", "role", "kind"),
            Key.of(
                            "output-to",
                            new Shape.Either(List.of(TARGET, new Shape.Items(TARGET))),
                            "Whom it leads to: layers by number, nodes by name.")
                    .elsewhere("next", "to", "targets", "output", "outputs"),
            Key.text("context", "Its system prompt, before the caller's own; variables may stand in it.")
                    .elsewhere("system", "prompt", "system-prompt", "system_prompt", "instructions"),
            Key.text("if", "When it may be chosen, such as $WORD_COUNT < 20.").elsewhere("when", "condition", "rule"),
            Key.text("use-case", "What it is for: a chooser's model picks by it.")
                    .elsewhere("description", "purpose"),
            Key.texts("examples", "Requests that it is for, for a chooser that compares."),
            Key.choice(
                    "choose-by",
                    "How it chooses: model asks its model, embedding compares meanings. Default: model.",
                    List.of("model", "embedding")),
            Key.text("embedding-model", "Whose embeddings it compares: a name under \"models\". Default: our own."),
            Key.text("default", "Whom it takes when its choice fails; one of those it leads to.")
                    .elsewhere("fallback", "otherwise", "else"),
            Key.choice("fan-out", "all: asks all targets at once. Default: one.", List.of("all", "one"))
                    .elsewhere("parallel"),
            Key.map("hooks", HOOKS, "Functions that are called around its model."),
            Key.expanded("url", "Of the WebSocket server that an alert tells."),
            Key.truth("inbound", "Of an alert: whether clients of /ws/alerts are told, too."),
            Key.anything("body", "Of an alert: what is said. Default: the standard form."),
            Key.expanded("bind-addr", "Of layer 0: the address to listen on.").elsewhere("host", "bind-host"),
            Key.integer("bind-port", 1, LARGEST_PORT, "Of layer 0: the port to listen on.")
                    .elsewhere("port"),
            Key.map("extra-options", OPTIONS, "More of it.").elsewhere("options"));

    private static Key timeout() {
        return Key.of("timeout", Shape.Plain.TIME, "The most that it may take. Default: 30s.");
    }

    private static Key sort(String key, String sort) {
        return Key.choice(key, "What sort it is.", List.of(sort)).required();
    }

    static final Shape FUNCTION = new Shape.Sorts(
            "type",
            Map.of(
                    "rest",
                    Form.of(
                            "rest-function",
                            "A call of a web address.",
                            sort("type", "rest"),
                            Key.expanded("url", "Of what is called.").required(),
                            Key.choice("method", "Default: GET.", List.of("GET", "POST", "PUT", "PATCH", "DELETE")),
                            Key.anything("headers", "By name."),
                            Key.anything("body", "What is sent."),
                            timeout()),
                    "shell",
                    Form.of(
                            "shell-function",
                            "A program of this machine.",
                            sort("type", "shell"),
                            Key.expanded("command", "The program.").required(),
                            Key.texts("args", "What it is given."),
                            Key.anything("env", "Its environment."),
                            Key.expanded("cwd", "The folder that it runs in.").once("working-dir"),
                            timeout()),
                    "websocket",
                    Form.of(
                            "websocket-function",
                            "A message to a WebSocket server.",
                            sort("type", "websocket"),
                            Key.expanded("url", "Of the server.").required(),
                            Key.anything("message", "What is sent."),
                            Key.anything("headers", "By name."),
                            timeout()),
                    "grpc",
                    Form.of(
                            "grpc-function",
                            "A call of a gRPC service.",
                            sort("type", "grpc"),
                            Key.expanded("address", "Host and port.").required(),
                            Key.text("service", "Its full name.").required(),
                            Key.text("method", "Its name.").required(),
                            Key.anything("request", "What is sent."),
                            Key.expanded("descriptor", "A file with its descriptors, where the server tells none."),
                            timeout())));

    static final Shape SECRET = new Shape.Sorts(
            "source",
            Map.of(
                    "env-file",
                    Form.of(
                            "env-file-secret",
                            "Lines of NAME=value in a file.",
                            sort("source", "env-file"),
                            Key.expanded("path", "Of the file.").required(),
                            Key.texts("variables", "Those to take. Default: all.")),
                    "env",
                    Form.of(
                            "env-secret",
                            "A variable of the environment.",
                            sort("source", "env"),
                            Key.text("variable", "Its name.").required()),
                    "vault",
                    Form.of(
                            "vault-secret",
                            "What a Vault server keeps.",
                            sort("source", "vault"),
                            Key.expanded("address", "Of the server.").required(),
                            Key.text("path", "Of the secret.").required(),
                            Key.texts("variables", "Those to take. Default: all."),
                            Key.text("token-env", "The variable with the token. Default: VAULT_TOKEN.")
                                    .once("token_env"),
                            Key.expanded("token-file", "The file with the token.")
                                    .once("token_file"),
                            Key.duration("refresh", "How often it is read again. Default: 5m."))));

    static final Form COMPOSITION = Form.of(
            "composition",
            "Models, and nodes that ask them.",
            Key.named("models", MODEL, "The models that may be asked, by names of your choice.")
                    .required()
                    .elsewhere("model", "backends"),
            Key.list("architecture", NODE, "The nodes that a question passes, layer by layer.")
                    .required()
                    .elsewhere("nodes", "layers", "pipeline"),
            Key.of("functions", new Shape.Names(FUNCTION), "What hooks may call, by names of your choice."),
            Key.of("secrets", new Shape.Names(SECRET), "Where secrets are: $secrets.name.VARIABLE."),
            SCHEMA);

    static final Form METADATA = Form.of(
            "metadata",
            "What it is called.",
            Key.text("name", "The pipeline's name.").required(),
            Key.text("namespace", "Default: default.").noted(),
            Key.text("uid", "Set by the cluster.").noted(),
            Key.anything("labels", "By name.").noted(),
            Key.anything("annotations", "By name.").noted(),
            Key.anything("creationTimestamp", "Set by the cluster.").noted());

    static final Form SPEC = Form.of(
            "spec",
            "What is to be served.",
            Key.map("composition", COMPOSITION, "Models, and nodes that ask them.")
                    .required(),
            Key.integer("port", 1, LARGEST_PORT, "Where it is served."),
            Key.integer("replicas", 0, MOST_REPLICAS, "How often it is served."),
            Key.anything("health", "When a replica is healthy.").noted(),
            Key.anything("strategy", "How replicas are replaced.").noted(),
            Key.anything("nodeSelector", "Labels of the machines that may serve it.")
                    .noted(),
            Key.anything("resources", "What a replica needs.").noted(),
            Key.anything("autoscaling", "How replicas become more or fewer.").noted());

    static final Form MANIFEST = Form.of(
            "manifest",
            "A composition as a cluster's resource.",
            Key.choice("apiVersion", "The version of this form.", List.of("llmnet/v1"))
                    .required(),
            Key.choice("kind", "What it is.", List.of("Pipeline")).required(),
            Key.map("metadata", METADATA, "What it is called.").required(),
            Key.map("spec", SPEC, "What is to be served.").required(),
            Key.anything("status", "Set by the cluster.").noted(),
            SCHEMA);

    private Vocabulary() {}

    /** The JSON Schema of pipeline files. */
    public static String schema() {
        return JsonSchema.of("LLMNet pipeline", MANIFEST_MARKS, MANIFEST, COMPOSITION);
    }
}
