/**
 * Speaks with a model that judges or merges the answers of others: what it is asked, and how its verdict is read.
 *
 * <p>Questions and answers stand as strings in one JSON document, never as bare text: what an answer says cannot end it,
 * begin another, or pass for our instructions.
 */
@NullMarked
package io.llmnet.protocol.verdict;

import org.jspecify.annotations.NullMarked;
