/** What each strategy makes of answers that a small model once gave, and of voters of known accuracy. */
@NullMarked
package io.llmnet.ensemble.report;

import org.jspecify.annotations.NullMarked;
