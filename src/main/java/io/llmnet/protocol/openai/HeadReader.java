package io.llmnet.protocol.openai;

import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.JsonScanner;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a head. The first wrong type is kept until the syntax is known to be right: a broken document is told as
 * broken. Of keys that come twice the last counts, as most parsers have it, but {@code model} may come once only: we would
 * exchange one and the backend read the other.
 */
final class HeadReader {
    private final JsonScanner scan;
    private final DemandReader demand;
    private final Call.Dialect dialect;
    private @Nullable ChatException mistake;
    private @Nullable String model;
    private boolean stream;
    private boolean includeUsage;
    private boolean hasMessages;
    private int modelStart = -1;
    private int modelEnd = -1;

    HeadReader(byte[] body, Call.Dialect dialect) {
        this.scan = new JsonScanner(body, Fault.MALFORMED_JSON);
        this.demand = new DemandReader(body, scan);
        this.dialect = dialect;
    }

    Head head() {
        boolean isObject = scan.peek() == '{';
        int open = scan.at();
        if (isObject) {
            members();
        } else {
            scan.value();
        }
        scan.end();
        if (!isObject) {
            throw new ChatException(Fault.BAD_REQUEST, "the body must be a JSON object");
        }
        if (dialect == Call.Dialect.CHAT && !hasMessages) {
            blame("messages", "\"messages\" is missing; give the conversation as an array of objects");
        }
        if (mistake != null) {
            throw mistake;
        }
        return new Head(model, stream, includeUsage, modelStart, modelEnd, open, demand.demand());
    }

    private void members() {
        for (boolean more = scan.open('{'); more; more = scan.more('}')) {
            scan.key();
            member();
        }
    }

    private void member() {
        if (scan.isKey("model")) {
            model();
        } else if (scan.isKey("stream")) {
            stream = flag("stream");
        } else if (scan.isKey("stream_options")) {
            streamOptions();
        } else if (dialect == Call.Dialect.CHAT && scan.isKey("messages")) {
            messages();
        } else if (dialect == Call.Dialect.COMPLETIONS && scan.isKey("prompt")) {
            prompt();
        } else if (dialect == Call.Dialect.EMBEDDINGS && scan.isKey("input")) {
            demand.inputs();
        } else {
            wanted();
        }
    }

    private void wanted() {
        if (scan.isKey("tools")) {
            demand.tools();
        } else if (scan.isKey("functions")) {
            demand.functions();
        } else if (scan.isKey("response_format")) {
            demand.responseFormat();
        } else if (scan.isKey("max_tokens")) {
            demand.maxTokens();
        } else if (scan.isKey("max_completion_tokens")) {
            demand.maxCompletionTokens();
        } else if (scan.isKey("user")) {
            demand.user();
        } else {
            scan.value();
        }
    }

    private void model() {
        if (modelStart >= 0) {
            blame("model", "\"model\" is given twice; name one model");
        }
        int kind = scan.peek();
        modelStart = scan.at();
        scan.value();
        modelEnd = scan.at();
        if (kind == '"' && modelEnd - modelStart > 2) {
            model = scan.string(modelStart, modelEnd);
        } else if (kind != 'n') {
            blame("model", "\"model\" must be a non-empty string");
        }
    }

    private boolean flag(String param) {
        int kind = scan.peek();
        scan.value();
        if (kind != 't' && kind != 'f' && kind != 'n') {
            blame(param, '"' + param + "\" must be true or false");
        }
        return kind == 't';
    }

    private void streamOptions() {
        includeUsage = false;
        int kind = scan.peek();
        if (kind != '{') {
            scan.value();
            if (kind != 'n') {
                blame("stream_options", "\"stream_options\" must be an object");
            }
            return;
        }
        for (boolean more = scan.open('{'); more; more = scan.more('}')) {
            scan.key();
            if (scan.isKey("include_usage")) {
                includeUsage = flag("stream_options.include_usage");
            } else {
                scan.value();
            }
        }
    }

    private void messages() {
        hasMessages = true;
        if (scan.peek() != '[') {
            scan.value();
            blame("messages", "\"messages\" must be an array of objects");
            return;
        }
        demand.begin();
        int index = 0;
        for (boolean more = scan.open('['); more; more = scan.more(']')) {
            if (scan.peek() == '{') {
                demand.message();
            } else {
                notAMessage(index);
            }
            index++;
        }
        if (index == 0) {
            blame("messages", "\"messages\" is empty; give at least one message");
        }
    }

    private void notAMessage(int index) {
        scan.value();
        if (mistake == null) {
            blame("messages[" + index + "]", "a message must be an object with \"role\" and \"content\"");
        }
    }

    private void prompt() {
        int kind = scan.peek();
        demand.inputs();
        if (kind != '"' && kind != '[' && kind != 'n') {
            blame("prompt", "\"prompt\" must be a string or an array");
        }
    }

    private void blame(String param, String why) {
        if (mistake == null) {
            mistake = ChatException.in(param, Fault.BAD_REQUEST, why);
        }
    }
}
