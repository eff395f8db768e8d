/**
 * LLM Pool's gRPC port: {@code vvtv.llmpool.v1}, with the usual services for health and reflection.
 *
 * <p>Messages are read and written by the descriptor set under {@code /grpc}, which {@code protoc} made of the file in
 * {@code src/main/proto}, and not by generated classes: there are six of them, and the build needs no compiler for each system.
 */
@NullMarked
package io.llmnet.grpc;

import org.jspecify.annotations.NullMarked;
