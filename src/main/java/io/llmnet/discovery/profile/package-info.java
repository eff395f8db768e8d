/**
 * What the kinds of model servers are like, read from data: where things are, how to tell a server apart, what its pages say of a model.
 */
@NullMarked
package io.llmnet.discovery.profile;

import org.jspecify.annotations.NullMarked;
