/** The official clients of others, run against our server. */
@NullMarked
package io.llmnet.sdk;

import org.jspecify.annotations.NullMarked;
