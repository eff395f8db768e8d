package io.llmnet.function;

import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Variables;

/**
 * One call of a function.
 *
 * @param function what is called
 * @param variables what its texts can see; asked on one thread at a time
 * @param isHeard whether somebody waits for what it brings
 * @param deadline when it must be over, if the function's own limit does not come first
 * @param cancel fires when nobody wants it any more
 */
public record FunctionCall(Function function, Variables variables, boolean isHeard, Deadline deadline, Cancel cancel) {}
