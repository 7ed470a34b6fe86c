package io.healthchecker.core.assertion;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The parts of an expression whose values explain it, by the ids of its syntax tree.
 *
 * @param reaches what it reaches for, each as far as it goes
 * @param calls calls whose value is more than a truth, such as {@code size(json.items)}
 */
record Parts(Map<Long, Reach> reaches, Set<Long> calls) {

    static Parts of(CelAbstractSyntaxTree tree, Map<String, Variable> variables) {
        Parts parts = new Parts(new HashMap<>(), new HashSet<>());
        parts.walk(tree.getExpr(), false, tree, variables);
        return parts;
    }

    private void walk(CelExpr at, boolean repeated, CelAbstractSyntaxTree tree, Map<String, Variable> variables) {
        Reach reach = Reach.of(at, tree, variables);
        if (reach != null) {
            reaches.put(at.id(), reach);
            return;
        }
        switch (at.getKind()) {
            case CALL -> {
                boolean telling = tree.getType(at.id())
                        .map(type -> type.kind() != CelKind.BOOL)
                        .orElse(false);
                if (telling
                        && !repeated
                        && Character.isLetter(at.call().function().charAt(0))) {
                    calls.add(at.id());
                    return;
                }
                at.call().target().ifPresent(target -> walk(target, repeated, tree, variables));
                at.call().args().forEach(argument -> walk(argument, repeated, tree, variables));
            }
            case SELECT -> {
                if (!at.select().testOnly()) {
                    walk(at.select().operand(), repeated, tree, variables);
                }
            }
            case LIST -> at.list().elements().forEach(element -> walk(element, repeated, tree, variables));
            case MAP -> at.map().entries().forEach(entry -> walk(entry.value(), repeated, tree, variables));
            case COMPREHENSION -> {
                walk(at.comprehension().iterRange(), repeated, tree, variables);
                walk(at.comprehension().loopStep(), true, tree, variables);
            }
            case CONSTANT, IDENT, STRUCT, NOT_SET -> {}
        }
    }
}
