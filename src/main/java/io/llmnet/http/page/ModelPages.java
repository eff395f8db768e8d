package io.llmnet.http.page;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.ModelList;
import java.util.List;

/** Which models there are, in OpenAI's shape, or in Anthropic's for those who say {@code anthropic-version}. */
final class ModelPages {
    private static final String ANTHROPIC = "anthropic-version";

    private final Site site;
    private final Operator operator;
    private final long startedSeconds = System.currentTimeMillis() / 1000;

    ModelPages(Site site, Operator operator) {
        this.site = site;
        this.operator = operator;
    }

    private static final String INSTANCE = "x-llmnet-instance";

    void addTo(Pages pages) {
        pages.get("/models", this::list);
        pages.get("/models/", this::one);
    }

    private Models models() {
        return new Models(site.names(), operator.roster(), operator.aliases(), startedSeconds);
    }

    private void list(Visit visit) {
        // Another gateway looks: what we know from gateways is theirs to show, or both would show it for ever. And what
        // it asks us shall stay at home.
        boolean isGateway = visit.header(INSTANCE) != null;
        List<ModelList.Entry> all = isGateway ? models().ofServers() : models().all();
        if (visit.header(ANTHROPIC) == null) {
            visit.send(200, ModelList.of(all));
        } else {
            visit.show(AnthropicModels.page(all, visit));
        }
    }

    private void one(Visit visit) {
        boolean isAnthropic = visit.header(ANTHROPIC) != null;
        ModelList.Entry entry = models().named(visit.rest());
        if (entry != null && isAnthropic) {
            visit.show(AnthropicModels.one(entry));
        } else if (entry != null) {
            visit.send(200, ModelList.one(entry));
        } else {
            missing(visit, isAnthropic);
        }
    }

    private void missing(Visit visit, boolean isAnthropic) {
        List<String> known =
                models().all().stream().map(ModelList.Entry::id).distinct().toList();
        String message = "the model `" + Names.shown(visit.rest()) + "` does not exist; "
                + (known.isEmpty() ? "no models are available" : "there are " + Names.some(known));
        int status = Fault.MODEL_NOT_FOUND.status();
        if (isAnthropic) {
            String id = visit.request().response().headers().get("x-request-id");
            visit.send(status, Json.bytes(AnthropicModels.notFound(message, id)));
        } else {
            visit.send(status, ErrorBody.of(ChatException.in("model", Fault.MODEL_NOT_FOUND, message)));
        }
    }
}
