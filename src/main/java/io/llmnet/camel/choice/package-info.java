/**
 * Lets a router's model choose which node answers, through LangChain4j; and does without where it is of no help.
 */
@NullMarked
package io.llmnet.camel.choice;

import org.jspecify.annotations.NullMarked;
