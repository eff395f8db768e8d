/**
 * Programs that we start: found, started so that they never outlive us, listened to, ended.
 */
@NullMarked
package io.llmnet.runner.process;

import org.jspecify.annotations.NullMarked;
