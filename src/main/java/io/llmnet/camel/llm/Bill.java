package io.llmnet.camel.llm;

import io.llmnet.chat.Answer;
import io.llmnet.chat.Transform;
import io.llmnet.chat.Usage;
import io.llmnet.protocol.openai.Usages;
import java.io.ByteArrayOutputStream;

/** Puts what the earlier calls of a run have used onto the usage that its last answer tells. */
final class Bill implements Transform {
    private final Usage spent;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private Bill(Usage spent) {
        this.spent = spent;
    }

    static Answer onto(Answer answer) {
        if (answer.spent().isNone() || !answer.isOk()) {
            return answer;
        }
        Transform adding = answer.isEventStream() ? Usages.addToStream(answer.spent()) : new Bill(answer.spent());
        return answer.withBody(answer.body().through(adding));
    }

    @Override
    public byte[] bytes(byte[] chunk) {
        body.writeBytes(chunk);
        return new byte[0];
    }

    @Override
    public byte[] end() {
        return Usages.add(body.toByteArray(), spent);
    }
}
