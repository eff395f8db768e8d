/**
 * Runs the programs that serve models, where a pipeline names one: Ollama, vLLM, llama.cpp.
 *
 * <p>A {@link io.llmnet.runner.Runners} is told which pipelines there are, and sees to it that exactly their programs run:
 * each at a place that is known before it starts, probed until it is ready, started again when it crashes, ended with us.
 * Whoever lets pipelines of strangers in must look at {@link io.llmnet.pipeline.Model#isStarted()} first: those here are
 * trusted with starting programs.
 */
@NullMarked
package io.llmnet.runner;

import org.jspecify.annotations.NullMarked;
