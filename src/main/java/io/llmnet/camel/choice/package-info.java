/**
 * Chooses which of several nodes answers: a router's model does, through LangChain4j, or embeddings do; and does without
 * where they are of no help.
 */
@NullMarked
package io.llmnet.camel.choice;

import org.jspecify.annotations.NullMarked;
