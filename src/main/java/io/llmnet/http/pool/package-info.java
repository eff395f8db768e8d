/** LLM Pool's HTTP: {@code POST /v1/infer}, on a port of its own with {@code GET /health}, and beside all else. */
@NullMarked
package io.llmnet.http.pool;

import org.jspecify.annotations.NullMarked;
