/**
 * Turns a pipeline file into a checked graph and decides where a request goes next in it. Pure: no clock, no network.
 *
 * <p>The graph is compiled to routes elsewhere; what a route must decide is asked here, so it can be tested without
 * one.
 */
@NullMarked
package io.llmnet.pipeline;

import org.jspecify.annotations.NullMarked;
