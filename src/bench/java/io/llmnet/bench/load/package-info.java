/** The servers and the stream client that {@code bench/run} measures with; needs Vert.x and nothing of LLMNet. */
package io.llmnet.bench.load;
