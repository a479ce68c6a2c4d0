/** The least of a WordPress export, for tests to put their case in. */
export const wxr = (channel: string, head = '<?xml version="1.0" encoding="UTF-8" ?>\n') =>
  Buffer.from(`${head}<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Le blog</title><link>https://b.fr</link><language>fr-FR</language><wp:wxr_version>1.2</wp:wxr_version>
${channel}
</channel></rss>`);

export const marie =
  '<wp:author><wp:author_id>7</wp:author_id><wp:author_login>marie</wp:author_login><wp:author_email>Marie@B.fr</wp:author_email><wp:author_display_name><![CDATA[Marie Dupré]]></wp:author_display_name></wp:author>';

export const item = (inside: string, id = 1) =>
  `<item><title>Un</title><guid>https://b.fr/?p=${id}</guid><dc:creator>marie</dc:creator><wp:post_id>${id}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2010-01-02 03:04:05</wp:post_date_gmt>${inside}</item>`;

export const comment = (id: number, inside: string, parent = 0) =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Paul</wp:comment_author><wp:comment_date_gmt>2010-02-0${id} 00:00:00</wp:comment_date_gmt><wp:comment_content>texte ${id}</wp:comment_content><wp:comment_parent>${parent}</wp:comment_parent>${inside}</wp:comment>`;
