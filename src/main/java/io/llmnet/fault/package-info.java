/**
 * The closed table of ways in which a request can fail: status, code, blame.
 */
@NullMarked
package io.llmnet.fault;

import org.jspecify.annotations.NullMarked;
