/**
 * What can be looked at and done beside asking models: models, backends, health, what is remembered. Each page is one path
 * and one method; {@link io.llmnet.http.page.Pages} finds it. Nothing here blocks.
 */
@NullMarked
package io.llmnet.http.page;

import org.jspecify.annotations.NullMarked;
