"""Indexes and searches documents in the made-up language; prints the results as JSON."""

import json
import sys

from searchkit import Document, Index
from searchkit_analyzers import ANALYZER, LANGUAGES

with Index.open(sys.argv[1]) as index:
    index.update(
        [
            Document(id="toy", title="Глумышт", text="Ве глумахум зорнал ту мельган. Эс зорнал глан ту бруф ве дорм."),
            Document(id="ru", title="Выборы", text="В городе прошли выборы, сообщает министерство. Глум победил."),
            Document(id="kk", title="Сайлау", text="Қалада сайлау өтті, деп хабарлайды министрлік."),
        ]
    )
    queries = ("глумышт", "глумахум lang:xx", "выборах", "сайлауда", "lang:kk сайлау")
    found = {query: sorted(hit.id for hit in index.search(query)) for query in queries}
    languages = {hit.id: hit.language for query in queries for hit in index.search(query).hits}
print(json.dumps([[*LANGUAGES], found, languages, ANALYZER.language("ве бруф эс ту дорм")], ensure_ascii=False))
