package io.healthchecker.api.service;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Api.Person;
import io.healthchecker.api.testing.Caller;

/** Somebody who makes and changes services by REST. */
abstract class ServiceRequests {
    static final String SERVICES = "/api/v1/services";

    final Api api = Api.shared();
    final Person person = api.somebody();
    final Caller caller = person.caller();

    Answer create(String name) {
        return create(name, "http://a.test/");
    }

    Answer create(String name, String url) {
        return caller.post(SERVICES, body(name, url));
    }

    static String body(String name, String url) {
        return "{\"name\":\"%s\",\"url\":\"%s\"}".formatted(name, url);
    }

    static String path(Answer created) {
        return SERVICES + "/" + created.json().get("id").asLong();
    }
}
