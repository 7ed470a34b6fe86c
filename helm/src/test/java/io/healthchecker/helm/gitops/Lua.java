package io.healthchecker.helm.gitops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** Runs a script as Argo CD does: the resource is {@code obj}, and what is returned is the answer. */
final class Lua {
    private Lua() {}

    static Object run(String script, Map<String, Object> resource) {
        var globals = JsePlatform.standardGlobals();
        globals.set("obj", toLua(resource));
        return fromLua(globals.load(script).call());
    }

    private static LuaValue toLua(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var table = new LuaTable();
                map.forEach((name, part) -> table.set(name.toString(), toLua(part)));
                yield table;
            }
            case List<?> list -> {
                var table = new LuaTable();
                list.forEach(part -> table.set(table.length() + 1, toLua(part)));
                yield table;
            }
            case Boolean truth -> LuaValue.valueOf(truth);
            case Integer number -> LuaValue.valueOf(number);
            default -> LuaValue.valueOf(value.toString());
        };
    }

    private static Object fromLua(LuaValue value) {
        if (!value.istable()) {
            return value.isboolean() ? value.toboolean() : value.isint() ? value.toint() : value.tojstring();
        }
        LuaTable table = value.checktable();
        if (table.length() > 0) {
            List<Object> list = new ArrayList<>();
            for (int i = 1; i <= table.length(); i++) {
                list.add(fromLua(table.get(i)));
            }
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (LuaValue name : table.keys()) {
            map.put(name.tojstring(), fromLua(table.get(name)));
        }
        return map;
    }
}
