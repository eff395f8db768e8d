/**
 * The prompts of LLM Pool's tasks, and what their answers must be: ours are resources under {@code /prompts}, which files of
 * the user's own replace.
 *
 * <p>A prompt that is a JSON object with the keys of a task's input is put into the task's template, and the answer must be
 * one JSON object with the keys of its output. Any other prompt goes to the models as it is, and so does any answer.
 */
@NullMarked
package io.llmnet.pool.template;

import org.jspecify.annotations.NullMarked;
