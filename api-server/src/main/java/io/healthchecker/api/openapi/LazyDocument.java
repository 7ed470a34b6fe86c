package io.healthchecker.api.openapi;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Leaves what makes the document unmade until somebody asks for it: a start must not pay for what few starts need. */
final class LazyDocument implements BeanFactoryPostProcessor {
    private static final String SPRINGDOC = "org.springdoc.";
    private static final String DOCUMENT = "openApiResource";

    // nothing asks for it, but without it the document shows Spring's own types
    private static final String CONVERTERS = "modelConverterRegistrar";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        for (String name : factory.getBeanDefinitionNames()) {
            BeanDefinition definition = factory.getBeanDefinition(name);
            String madeBy = definition.getFactoryBeanName();
            if (name.startsWith(SPRINGDOC) || (madeBy != null && madeBy.startsWith(SPRINGDOC))) {
                definition.setLazyInit(true);
            }
        }
        if (factory.containsBeanDefinition(DOCUMENT) && factory.containsBeanDefinition(CONVERTERS)) {
            factory.getBeanDefinition(DOCUMENT).setDependsOn(CONVERTERS);
        }
    }
}
