/**
 * Lets people see inside: numbers by node, spans, requests followed live, Camel's consoles. All but the numbers cost
 * nothing until somebody looks.
 */
@NullMarked
package io.llmnet.telemetry;

import org.jspecify.annotations.NullMarked;
