package io.healthchecker.core.assertion;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelUnparserVisitor;
import java.util.Map;

/** An expression written again, with values in brackets behind the parts that have them. */
final class Filling extends CelUnparserVisitor {
    private final Map<Long, String> shown;

    /** @param shown by id of a part */
    Filling(CelAbstractSyntaxTree tree, Map<Long, String> shown) {
        super(tree);
        this.shown = shown;
    }

    @Override
    public void visit(CelExpr part) {
        super.visit(part);
        String value = shown.get(part.id());
        if (value != null) {
            stringBuilder.append(" (").append(value).append(')');
        }
    }
}
