package io.llmnet.camel.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.camel.Run;
import io.llmnet.camel.Said;
import io.llmnet.pipeline.Alert;
import io.llmnet.pipeline.AtNode;
import io.llmnet.pipeline.Node;
import io.llmnet.pipeline.Template;
import io.llmnet.pipeline.Variables;
import io.llmnet.protocol.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What may set off an alert: a node has passed something on.
 *
 * @param run the run, at that node
 * @param alert the alert
 * @param output what the node passed on: its answer; of a node that only chooses, the question
 */
record Alarm(Run run, Node alert, String output) {
    /** Whether the alert's condition holds. */
    boolean isDue() {
        return alert.condition() == null || alert.condition().holds(variables());
    }

    /** The text to send: the alert's own, or the standard one. */
    String text(Instant now) {
        Template body = addressee().body();
        return body == null ? standard(now) : body.fill(variables());
    }

    /** Whom it is told to. */
    Alert addressee() {
        return Objects.requireNonNull(alert.alert(), "no alert");
    }

    private String standard(Instant now) {
        ObjectNode told = Json.object();
        told.put("pipeline", run.graph().name());
        told.put("node", run.here().name());
        told.put("alert", alert.name());
        told.put("request", run.call().id());
        told.put("time", now.truncatedTo(ChronoUnit.MILLIS).toString());
        told.put(
                "condition",
                alert.condition() == null ? null : alert.condition().toString());
        told.put("input", input());
        told.put("output", output);
        run.trace().forEach(told.putArray("trace")::add);
        return Json.text(told);
    }

    private Variables variables() {
        Variables seen = run.saying(new Said(output, null, false, null)).seenFrom(run.here());
        return new AtNode(seen, run.here().name(), input(), output);
    }

    /** What the node was given. The answer of a last node is on its way to the caller; what was said before is its input. */
    private String input() {
        Said said = run.said();
        String question = run.prompt().text();
        if (said == null) {
            return question;
        }
        @Nullable String given = run.answer() == null ? said.given() : said.prompt(question);
        return given == null ? question : given;
    }
}
