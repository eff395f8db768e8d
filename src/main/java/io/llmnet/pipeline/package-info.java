/**
 * Turns a pipeline file into a checked graph and decides where a request goes next in it. Pure: no clock, no network.
 *
 * <p>The graph is compiled to routes elsewhere; what a route must decide is asked here, so it can be tested without
 * one.
 *
 * <p>JDK only, but for RE2/J: a caller's text must not be able to hang a server by what {@code matches} finds slow in it,
 * and the JDK's regular expressions take exponential time where RE2's take linear.
 */
@NullMarked
package io.llmnet.pipeline;

import org.jspecify.annotations.NullMarked;
