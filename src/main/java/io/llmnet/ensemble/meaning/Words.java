package io.llmnet.ensemble.meaning;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** The words of a text, in order: words, numbers, and signs that are as good as words, as in formulas and code. */
final class Words {
    private static final String NUMBER =
            "(?<![\\p{L}\\p{N}])[-−–]?\\.?\\p{Nd}{1,40}+(?:[.,]\\p{Nd}{1,40}+){0,8}+(?![\\p{L}\\p{N}])";

    private static final String WORD = "[\\p{L}\\p{M}\\p{N}]+(?:['’]\\p{L}+|_+[\\p{L}\\p{M}\\p{N}]+)*+";

    /** A hyphen between two words is none; between two letters that stand alone it is a minus. */
    private static final String MINUS = "(?<!\\p{L})[-−]|[-−](?!\\p{L})|(?<=(?<!\\p{L})\\p{L})[-−](?=\\p{L}(?!\\p{L}))"
            + "|(?<![\\p{L}\\p{N}])–(?=[\\p{L}\\p{N}(])";

    /** After a word it ends a sentence, but not in {@code n!} and {@code word != other}. */
    private static final String NOT = "!(?==)|(?<!\\p{L}\\p{L})!";

    /** Before a space it ends a clause. */
    private static final String COLON = ":(?=\\S)";

    /** Of a derivative: {@code f'(x)}. */
    private static final String PRIME = "(?<=(?<![\\p{L}'’])\\p{L})['’′]++(?!\\p{L})";

    private static final String OTHERS = "__|[?%‰^#/*&|\\\\@{}()\\[\\]\\p{Sc}\\p{Sm}\\p{So}]";

    /** The line breaks that {@link Wording} leaves have code's indentation after them. */
    private static final String INDENTATION = "\\n\\s+";

    /** Bounded, so that no text takes long to read. */
    private static final Pattern ANY =
            Pattern.compile(String.join("|", NUMBER, WORD, MINUS, NOT, COLON, PRIME, OTHERS, INDENTATION));

    /** Of Markdown, around words only, so that no product is taken for it. */
    private static final Pattern EMPHASIS = Pattern.compile("(?<![\\p{L}\\p{N}*])(\\*{1,3}+)(?=[\\p{L}\\p{N}])"
            + "([^*\\n]{1,500}+)(?<=[\\p{L}\\p{N}.,:!?%])\\1(?![\\p{L}\\p{N}*(])");

    private static final Pattern OPERATOR = Pattern.compile("[-+*/^=<>|&\\\\!:]|\\p{Sm}");
    private static final Pattern GROUPED = Pattern.compile("-?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern PLAIN = Pattern.compile("-?\\d{0,40}\\.?\\d{1,40}");

    private Words() {}

    /** Those of an evened text. */
    static List<String> of(String even) {
        String text = even.indexOf('*') < 0 ? even : EMPHASIS.matcher(even).replaceAll("$2");
        List<String> words =
                ANY.matcher(text).results().map(found -> one(found.group())).toList();
        boolean isFormula =
                words.stream().anyMatch(word -> OPERATOR.matcher(word).matches());
        return isFormula
                ? words
                : words.stream().filter(word -> !isBracket(word)).toList();
    }

    /** In a sentence they say nothing. */
    private static boolean isBracket(String word) {
        return word.equals("(") || word.equals(")");
    }

    /** 1,000 and 1000.0 are one number. */
    private static String one(String word) {
        String plain = word.replace('−', '-').replace('–', '-').replace('’', '\'');
        plain = GROUPED.matcher(plain).matches() ? plain.replace(",", "") : plain;
        return PLAIN.matcher(plain).matches()
                ? new BigDecimal(plain).stripTrailingZeros().toPlainString()
                : plain; // a word with digits in it, or a date
    }
}
